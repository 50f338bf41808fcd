import { readConfig, type ConfigFormat } from "../config/read.js";

/** How one symbol differs between two configurations; `undefined` where a configuration does not name it. */
export interface ConfigDifference {
  readonly name: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/**
 * What differs between two .config texts, by name: order, comments and repeated lines do not count. A symbol that one of
 * them leaves out and the other one says is not set differs too, as `undefined` and `n`.
 */
export function diffConfigs(before: string, after: string, format: ConfigFormat): ConfigDifference[] {
  const values = (text: string): Map<string, string> =>
    new Map(readConfig(text, format).map((assignment) => [assignment.name, assignment.value]));
  const old = values(before);
  const next = values(after);
  const names = new Set([...old.keys(), ...next.keys()]);
  return [...names]
    .map((name) => ({ name, before: old.get(name), after: next.get(name) }))
    .filter((entry) => entry.before !== entry.after);
}
