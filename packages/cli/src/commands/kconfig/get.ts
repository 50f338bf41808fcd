import { type Io, print } from "../../io.js";
import { type ConfigurationOptions, openConfiguration, requireSymbol, symbolName } from "./open.js";

/**
 * `ipa-br kconfig get SYMBOL...`: values without quotes, one per line.
 * @throws KconfigError UNKNOWN_SYMBOL
 */
export async function get(io: Io, texts: readonly string[], options: ConfigurationOptions): Promise<void> {
  const configuration = await openConfiguration(io, options);
  const values = texts.map((text) => {
    const name = symbolName(configuration, text);
    requireSymbol(configuration, name);
    return { name, value: configuration.value(name) };
  });
  if (options.json === true) print(io, JSON.stringify(values.length === 1 ? values[0] : values));
  else for (const { value } of values) print(io, value);
}
