import { type Io, print } from "../../io.js";
import { type ConfigurationOptions, openConfiguration, requireSymbol, symbolName } from "./open.js";

/**
 * `ipa-br kconfig get SYMBOL`: its value, without quotes.
 * @throws KconfigError UNKNOWN_SYMBOL
 */
export async function get(io: Io, text: string, options: ConfigurationOptions): Promise<void> {
  const configuration = await openConfiguration(io, options);
  const name = symbolName(configuration, text);
  requireSymbol(configuration, name);
  const value = configuration.value(name);
  print(io, options.json === true ? JSON.stringify({ name, value }) : value);
}
