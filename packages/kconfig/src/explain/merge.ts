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
  readonly replaces: readonly EarlierRequest[];
  /** Earlier requests with the same value, which make this one superfluous. */
  readonly repeats: readonly EarlierRequest[];
}

/** A request of an earlier line or fragment. */
export interface EarlierRequest {
  readonly value: string;
  readonly path: string;
  readonly line: number;
}

export interface MergeOptions {
  /** A y is not replaced by an m of a later fragment, as with -y of merge_config.sh. */
  readonly builtinFirst?: boolean;
}

/** Fragments put together: the text to load, and where each of its values comes from. */
export interface MergedFragments {
  readonly text: string;
  readonly requested: readonly RequestedValue[];
}

/**
 * Puts fragments together, later ones over earlier ones. The text has one line per symbol; a symbol that a later fragment
 * names again moves to the end, as in merge_config.sh of Linux, which decides about the members of a choice. Load the
 * text into a configuration to see what holds.
 */
export function mergeFragments(
  fragments: readonly Fragment[],
  format: ConfigFormat,
  options: MergeOptions = {},
): MergedFragments {
  const requested = new Map<string, RequestedValue>();
  const lines = new Map<string, string>();
  for (const { path, text } of fragments) {
    for (const assignment of readConfig(text, format)) {
      const { name, value, line } = assignment;
      const earlier = requested.get(name);
      if (options.builtinFirst === true && earlier?.value === "y" && value === "m") continue;
      const past = earlier === undefined ? [] : [{ value: earlier.value, path: earlier.path, line: earlier.line }];
      const same = earlier?.value === value;
      const replaces = [...(earlier?.replaces ?? []), ...(same ? [] : past)];
      const repeats = same ? [...earlier.repeats, ...past] : [];
      requested.delete(name);
      lines.delete(name);
      requested.set(name, { name, value, path, line, replaces, repeats });
      lines.set(name, assignmentLine(assignment, format));
    }
  }
  return { text: [...lines.values()].join(""), requested: [...requested.values()] };
}
