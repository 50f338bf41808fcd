import type { Diagnosis, Problem, Severity } from "@ipa-br/buildroot";

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? "" : "s"}`;

function counts(problems: readonly Problem[]): string {
  const severities: readonly Severity[] = ["error", "warning", "note"];
  return severities
    .map((severity) => [severity, problems.filter((problem) => problem.severity === severity).length] as const)
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => plural(count, severity))
    .join(", ");
}

/** A problem as lines: what, why and whose rule, and what to type. */
export function problemLines({ severity, message, why, source, command }: Problem): readonly string[] {
  return [
    `${severity}: ${message}`,
    `    ${why}${source === undefined ? "" : ` (${source})`}`,
    ...(command === undefined ? [] : [`    ${command}`]),
  ];
}

/** Everything that is wrong with a host, in full. */
export function diagnosisText({ distribution, checks, problems, fix }: Diagnosis): string {
  const wrong = problems.length === 0 ? "all fine" : counts(problems);
  return [
    ...problems.flatMap(problemLines),
    `${distribution}: ${plural(checks.length, "check")}, ${wrong}`,
    ...(fix === undefined ? [] : [`All that packages mend: ${fix.join(" ")}`]),
  ].join("\n");
}

/** The same in one line, for a host that can build. */
export function hostLine({ checks, problems }: Diagnosis): string {
  const warnings = problems.filter(({ severity }) => severity === "warning");
  const head = `host: ${plural(checks.length, "check")}`;
  if (warnings.length === 0) return `${head}, all fine`;
  const told = warnings.map(({ message }) => message).join(" ");
  return `${head}, ${plural(warnings.length, "warning")}: ${told} (ipa-br doctor)`;
}
