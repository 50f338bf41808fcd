import type { Diagnostic } from "../../base/diagnostics.js";
import { findingLine } from "../messages.js";

/** What BusyBox' tool does not look at. */
const silent = /number is invalid|is not contained in the choice|leading whitespace|help text/;
/** Its messages that end with an empty line. */
const spaced = /type of '|without type|choice must have a prompt|prompt redefined/;

/** A finding about a Kconfig file in the words of BusyBox' tool; nothing where that says nothing. */
export function earlyFinding(finding: Diagnostic): string {
  const { conf } = finding;
  if (conf === undefined) return findingLine(finding);
  if (silent.test(conf)) return "";
  const words = conf
    .replace(/\bbool\b/g, "boolean")
    .replace(/ignoring type redefinition of ('.*') from/, "type of $1 redefined from")
    .replace("choice value used outside its choice group", "choice values currently only support a single prompt");
  return findingLine({ ...finding, conf: words }) + (spaced.test(words) ? "\n" : "");
}
