import { assignmentLine, readConfig, type ConfigFormat } from "../config/read.js";

/** A text that is merged, and the name that reports give it. */
export interface Fragment {
  readonly path: string;
  readonly text: string;
}

/** One value that the fragments ask for, the last one of its name. */
export interface RequestedValue {
  readonly name: string;
  readonly value: string;
  readonly path: string;
  readonly line: number;
  /** Earlier requests with another value, which this one replaces. */
  readonly replaces: readonly { readonly value: string; readonly path: string; readonly line: number }[];
}

/** Fragments put together: the text to load, and where each of its values comes from. */
export interface MergedFragments {
  readonly text: string;
  readonly requested: readonly RequestedValue[];
}

/**
 * Puts fragments together, later ones over earlier ones. The text has one line per symbol, in the order in which the
 * symbols are first named; load it into a configuration to see what holds.
 */
export function mergeFragments(fragments: readonly Fragment[], format: ConfigFormat): MergedFragments {
  const requested = new Map<string, RequestedValue>();
  const lines = new Map<string, string>();
  for (const { path, text } of fragments) {
    for (const assignment of readConfig(text, format)) {
      const { name, value, line } = assignment;
      const earlier = requested.get(name);
      const differs = earlier !== undefined && earlier.value !== value;
      const replaces = earlier === undefined ? [] : differs ? [...earlier.replaces, pick(earlier)] : earlier.replaces;
      requested.set(name, { name, value, path, line, replaces });
      lines.set(name, assignmentLine(assignment, format));
    }
  }
  return { text: [...lines.values()].join(""), requested: [...requested.values()] };
}

const pick = ({ value, path, line }: RequestedValue): { value: string; path: string; line: number } => ({
  value,
  path,
  line,
});
