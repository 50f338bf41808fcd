import { findAssignments } from "@ipa-br/kconfig";
import { CliError } from "../../errors.js";
import { type Io, print } from "../../io.js";
import { type ConfigurationOptions, openConfiguration, parseWanted, requireSymbol } from "./open.js";

/**
 * `ipa-br kconfig enable SYMBOL[=VALUE]`: what to set so that a symbol gets a value; the best way first. Each way has been
 * tried on a copy of the configuration; the .config stays as it is.
 * @throws CliError NO_WAY_FOUND; KconfigError UNKNOWN_SYMBOL
 */
export async function enable(io: Io, text: string, options: ConfigurationOptions): Promise<void> {
  const configuration = await openConfiguration(io, options);
  const { name, value } = parseWanted(configuration, text);
  requireSymbol(configuration, name);
  const held = configuration.value(name) === value;
  const ways = held ? [] : findAssignments(configuration, name, value, { signal: io.signal });
  if (options.json === true) print(io, JSON.stringify({ name, wanted: value, held, ways }, null, 2));
  else if (held) print(io, `${name} is ${JSON.stringify(value)} already.`);
  else {
    for (const [index, { assignments, changes }] of ways.entries()) {
      print(io, `${index === 0 ? "" : "\n"}# ${changes} ${changes === 1 ? "symbol changes" : "symbols change"}`);
      for (const assignment of assignments) print(io, `${assignment.name}=${assignment.value}`);
    }
  }
  if (held || ways.length > 0) return;
  throw new CliError("NO_WAY_FOUND", `no set of assignments was found that makes ${name} ${JSON.stringify(value)}`, {
    hint: `ipa-br kconfig why-not ${name}=${value}`,
  });
}
