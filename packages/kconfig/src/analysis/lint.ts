import type { AbortSignalLike } from "../base/abort.js";
import type { KconfigTree } from "../model/tree.js";
import type { LintCode, LintFinding } from "./finding.js";
import { findRedundant } from "./redundant.js";
import { findUndefined } from "./references.js";
import { findUnmetSelects } from "./unmet-selects.js";
import { findUnsatisfiable } from "./unsatisfiable.js";

export interface LintOptions {
  /** Which problems to look for. Default: all. */
  readonly codes?: readonly LintCode[];
  /** Names that other trees define, such as those of the other architectures of Linux. */
  readonly known?: ReadonlySet<string>;
  readonly signal?: AbortSignalLike;
}

const byAppearance: readonly LintCode[] = [
  "undefined-reference",
  "redundant-line",
  "range-empty",
  "default-out-of-range",
];

/**
 * What is wrong with a tree beyond its syntax. Every finding is true: what is said to be impossible is proved, what is
 * said to go wrong has been seen by the engine. Values of macros and of the environment are those of the tree as it was
 * loaded. Findings come in the order of the files, those of a file by line. Throws ABORTED.
 */
export function lintTree(tree: KconfigTree, options: LintOptions = {}): LintFinding[] {
  const wanted = (code: LintCode): boolean => options.codes === undefined || options.codes.includes(code);
  const findings: LintFinding[] = [];
  if (byAppearance.some(wanted)) {
    const files = tree.internals.parsedFiles();
    if (wanted("undefined-reference")) findings.push(...findUndefined(tree, files, options.known));
    findings.push(...findRedundant(files));
  }
  if (wanted("unsatisfiable")) findings.push(...findUnsatisfiable(tree, options.signal));
  if (wanted("select-unmet") || wanted("select-without-effect")) {
    findings.push(...findUnmetSelects(tree, options.signal));
  }
  const order = new Map(tree.files.map((path, index) => [path, index]));
  return findings
    .filter(({ code }) => wanted(code))
    .sort((a, b) => order.get(a.path)! - order.get(b.path)! || a.line - b.line || a.column - b.column);
}
