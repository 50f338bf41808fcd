import { isBuildFailed } from "@ipa-br/buildroot";
import { isCodedError } from "../errors.js";
import { commandHint } from "./hints.js";

/** An error as one screen of text: what, why, where to look, what to type next. */
export function renderError(error: unknown): string {
  if (!isCodedError(error)) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return `error: this is a bug in ipa-br [INTERNAL]\n${indent(text)}`;
  }
  const [message, ...more] = error.message.split("\n");
  const lines = [`error: ${message} [${error.code}]`, ...more.map((line) => `    ${line}`)];
  if (isBuildFailed(error)) {
    const { cause, logPath, resume } = error.details;
    if (cause.length > 0) lines.push("", ...cause.map((line) => `    ${line}`), "");
    lines.push(`  log: ${logPath}`, `  to go on: ${resume}`);
    if (error.hint !== undefined && error.hint !== resume) lines.push(`  try: ${error.hint}`);
    return lines.join("\n");
  }
  const { logPath } = error.details;
  if (typeof logPath === "string") lines.push(`  log: ${logPath}`);
  const reason = causeOf(error);
  if (reason !== undefined) lines.push(`  cause: ${reason}`);
  if (error.hint !== undefined) lines.push(`  try: ${error.hint}`);
  const command = commandHint(error);
  if (command !== undefined) lines.push(`  ${error.hint === undefined ? "try:" : "    "} ${command}`);
  return lines.join("\n");
}

/** The innermost cause in one line, unless the message says it already. */
function causeOf(error: Error): string | undefined {
  let cause: unknown = error.cause;
  while (cause instanceof Error && cause.cause instanceof Error) cause = cause.cause;
  // an aborted operation is its own cause
  if (!(cause instanceof Error) || cause.name === "AbortError") return undefined;
  const line = cause.message.split("\n")[0]!;
  return error.message.includes(line) ? undefined : line;
}

function indent(text: string): string {
  return text
    .split("\n")
    .map((line) => `    ${line}`)
    .join("\n");
}
