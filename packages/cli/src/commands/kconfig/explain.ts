import { explain } from "@ipa-br/kconfig";
import { type Io, print } from "../../io.js";
import { formatTable } from "../../ui/format.js";
import { type ConfigurationOptions, openConfiguration, requireSymbol, symbolName } from "./open.js";

/**
 * `ipa-br kconfig explain SYMBOL`: its value and why it has it.
 * @throws KconfigError UNKNOWN_SYMBOL
 */
export async function explainSymbol(io: Io, text: string, options: ConfigurationOptions): Promise<void> {
  const configuration = await openConfiguration(io, options);
  const name = symbolName(configuration, text);
  requireSymbol(configuration, name);
  const { symbol, value, origin, location, because, dependencies } = explain(configuration, name);
  const defined = symbol.menus.map((menu) => `${menu.location.path}:${menu.location.line}`);
  const from = location === undefined ? undefined : `${location.path}:${location.line}`;
  if (options.json === true) {
    const { type, prompt } = symbol;
    print(io, JSON.stringify({ name, type, prompt, value, origin, from, because, dependencies, defined }, null, 2));
    return;
  }
  const rows = [
    ["symbol", `${name} (${symbol.type})`],
    ...(symbol.prompt === undefined ? [] : [["prompt", symbol.prompt]]),
    ["value", value === "" ? '""' : value],
    ["comes from", from === undefined ? origin : `${origin} at ${from}`],
    ...because.map((reason) => ["because of", reason]),
    ...(dependencies === "" ? [] : [["depends on", dependencies]]),
    ...defined.map((place) => ["defined at", place]),
  ];
  print(io, formatTable(rows));
}
