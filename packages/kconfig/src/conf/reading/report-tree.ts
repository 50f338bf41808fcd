import type { Diagnostic, DiagnosticCode } from "../../base/diagnostics.js";
import type { KconfigTree } from "../../model/tree.js";
import { earlyFinding } from "../early/words.js";
import { findingLine, sayFinding } from "../messages.js";
import type { ConfOptions, ConfVoice } from "../types.js";
import { checkTree } from "./check-tree.js";
import { hasReadingOf, readAsC } from "./read-as-c.js";

/** Mistakes that some tools only warn of, and go on with as this package does. */
const tolerable: ReadonlySet<DiagnosticCode> = new Set(["unterminated-string", "nul-byte"]);

/**
 * Says about the Kconfig files what the dialect's tool does, in its words and order: where there is anything to say about
 * the reading of them, they are read a second time, in the tool's manner. Returns whether the tool goes on.
 */
export function reportTree(options: ReportOptions, tree: KconfigTree, voice: ConfVoice): boolean {
  const { dialect, diagnostics, internals } = tree;
  const early = dialect.semantics.early;
  const reading = diagnostics.slice(0, internals.readFindings);
  const later = diagnostics.slice(internals.readFindings);
  const say = (finding: Diagnostic): void => {
    if (finding.severity === "information") return;
    sayFinding(finding, early ? earlyFinding(finding) : findingLine(finding), voice);
  };
  if (!hasReadingOf(dialect)) {
    for (const finding of [...reading, ...later]) say(finding);
    return !diagnostics.some(isError);
  }
  if ((early || reading.length > 0) && !readAsC({ ...options, folder: "" }, voice)) return false;
  // The tool makes something of these by accident, and this package nothing: better none than another configuration.
  const refused = reading.filter((finding) => isError(finding) && !tolerable.has(finding.code));
  for (const finding of refused) say(finding);
  if (refused.length > 0) return false;
  const checked = later.filter((finding) => isError(finding) && isChecked(finding, tree));
  for (const finding of later) if (!checked.includes(finding)) say(finding);
  const goesOn = checked.length === 0 || checkTree(tree, voice);
  return goesOn && !later.some((finding) => isError(finding) && !checked.includes(finding));
}

type ReportOptions = Pick<ConfOptions, "root" | "host" | "dialect" | "env">;

const isError = ({ severity }: Diagnostic): boolean => severity === "error";

/** What the tool looks for once the tree is finished. */
const isChecked = ({ code }: Diagnostic, { dialect }: KconfigTree): boolean =>
  code === "recursive-dependency" ||
  code === "transitional-property" ||
  (code === "choice-member" && dialect.semantics.choice === "modern");
