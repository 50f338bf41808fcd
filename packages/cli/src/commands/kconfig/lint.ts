import { type LintCode, lintTree } from "@ipa-br/kconfig";
import { CliError } from "../../errors.js";
import { type Io, print } from "../../io.js";
import { type ConfigurationOptions, openTreeOnly } from "./open.js";

export interface LintCommandOptions extends Omit<ConfigurationOptions, "config"> {
  readonly code?: readonly string[];
  readonly severity?: string;
}

const codes: readonly LintCode[] = [
  "undefined-reference",
  "unsatisfiable",
  "select-unmet",
  "select-without-effect",
  "redundant-line",
  "range-empty",
  "default-out-of-range",
];
const severities = ["information", "warning", "error"];

/**
 * `ipa-br kconfig lint`: what is wrong with a tree beyond its syntax.
 * @throws CliError SETTING_INVALID, LINT_FOUND where a finding is an error; KconfigError TREE_INVALID
 */
export async function lint(io: Io, options: LintCommandOptions): Promise<void> {
  const wanted = (options.code ?? codes).map((name) => {
    const code = codes.find((known) => known === name);
    if (code !== undefined) return code;
    throw new CliError("SETTING_INVALID", `there is no finding "${name}"`, {
      hint: `the codes are ${codes.join(", ")}`,
    });
  });
  const least = severities.indexOf(options.severity ?? "information");
  if (least < 0) {
    throw new CliError("SETTING_INVALID", `there is no severity "${options.severity}"`, {
      hint: `one of ${severities.join(", ")}`,
    });
  }
  const tree = await openTreeOnly(io, options);
  const findings = lintTree(tree, { codes: wanted, signal: io.signal }).filter(
    ({ severity }) => severities.indexOf(severity) >= least,
  );
  if (options.json === true) print(io, JSON.stringify(findings, null, 2));
  else {
    for (const { path, line, column, severity, message, code, hint, witness } of findings) {
      print(io, `${path}:${line}:${column}: ${severity}: ${message} [${code}]`);
      if (hint !== undefined) print(io, `    hint: ${hint}`);
      if (witness === undefined) continue;
      const shown = witness.slice(0, 12).map(({ name, value }) => `${name}=${value}`);
      const more = witness.length > shown.length ? ` and ${witness.length - shown.length} more` : "";
      print(io, `    seen with: ${shown.join(" ") || "the defaults"}${more}`);
    }
  }
  const errors = findings.filter(({ severity }) => severity === "error").length;
  if (errors === 0) return;
  throw new CliError("LINT_FOUND", `${errors} of ${findings.length} findings are errors`, {
    hint: "they stand above; --severity and --code choose what is looked for",
  });
}
