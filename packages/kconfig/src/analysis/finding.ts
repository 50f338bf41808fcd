import type { Location } from "../model/symbol.js";

/** Which problem of a tree a finding names. */
export type LintCode =
  /** A name that no config statement defines. */
  | "undefined-reference"
  /** A bool or tristate symbol that no configuration can turn on. */
  | "unsatisfiable"
  /** A select that can turn a symbol on against its dependencies. */
  | "select-unmet"
  /** A select or imply of a choice's member or of what is no bool and no tristate: it does nothing. */
  | "select-without-effect"
  /** A line that changes nothing: a default after one that always counts, a select or a dependency said twice. */
  | "redundant-line"
  /** A range whose lower bound is above its upper one, or a default outside of the range. */
  | "range-empty"
  | "default-out-of-range";

/** One finding of `lintTree`. */
export interface LintFinding extends Location {
  readonly code: LintCode;
  /** `error` for what can never work, `warning` for what can go wrong, `information` for what is superfluous. */
  readonly severity: "error" | "warning" | "information";
  readonly column: number;
  /** The cause in one sentence. */
  readonly message: string;
  /** The symbol that the finding is about. */
  readonly symbol: string;
  readonly excerpt?: string;
  readonly hint?: string;
  /** Assignments that show it, from the defaults of the tree; tried by the engine. */
  readonly witness?: readonly { readonly name: string; readonly value: string }[];
}
