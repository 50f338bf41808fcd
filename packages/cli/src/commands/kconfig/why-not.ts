import { whyNot } from "@ipa-br/kconfig";
import { type Io, print } from "../../io.js";
import { type ConfigurationOptions, openConfiguration, parseWanted, requireSymbol } from "./open.js";

/**
 * `ipa-br kconfig why-not SYMBOL[=VALUE]`: what stands in the way of a value.
 * @throws KconfigError UNKNOWN_SYMBOL
 */
export async function whyNotSymbol(io: Io, text: string, options: ConfigurationOptions): Promise<void> {
  const configuration = await openConfiguration(io, options);
  const { name, value } = parseWanted(configuration, text);
  requireSymbol(configuration, name);
  const current = configuration.value(name);
  const obstacles = whyNot(configuration, name, value);
  if (options.json === true) {
    print(io, JSON.stringify({ name, wanted: value, value: current, obstacles }, null, 2));
    return;
  }
  for (const { message } of obstacles) print(io, message);
  if (obstacles.length > 0) return;
  const free = `${name} is ${JSON.stringify(current)}, and nothing keeps it from ${JSON.stringify(value)}: set it.`;
  print(io, current === value ? `${name} is ${JSON.stringify(value)}.` : free);
}
