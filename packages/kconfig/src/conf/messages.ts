import type { Diagnostic } from "../base/diagnostics.js";
import type { ConfVoice } from "./types.js";
import type { ConfRefusal } from "./walk/request.js";

/** A finding about a Kconfig file, on one line: in C's words where there are any. */
export function findingLine({ path, line, severity, message, conf }: Diagnostic): string {
  return `${conf ?? `${path}:${line}:${severity}: ${message}`}\n`;
}

/** Says something about a Kconfig file where the C tools do: of comparisons with m on standard output. */
export function sayFinding({ code }: Diagnostic, line: string, voice: ConfVoice): void {
  if (code === "comparison-with-m") voice.print(line);
  else voice.complain(line);
}

/** True for what the C tool takes note of about a line of a .config, and does not warn of. */
export const isNotice = ({ path, line, conf }: Diagnostic): boolean =>
  conf?.startsWith(`${path}:${line}:notice: `) === true;

/** A warning about a line of a .config, in the words of the C tool; `undefined` for what it passes over. */
export function configWarning({ code, conf }: Diagnostic, unknown: boolean): string | undefined {
  return conf === undefined || (code === "config-undefined-symbol" && !unknown) ? undefined : `${conf}\n`;
}

/** What C's library says about errors of files. */
const errors: Readonly<Record<string, string>> = {
  EACCES: "Permission denied",
  EBUSY: "Device or resource busy",
  EDQUOT: "Disk quota exceeded",
  EISDIR: "Is a directory",
  ELOOP: "Too many levels of symbolic links",
  ENAMETOOLONG: "File name too long",
  ENOENT: "No such file or directory",
  ENOSPC: "No space left on device",
  ENOTDIR: "Not a directory",
  EPERM: "Operation not permitted",
  EROFS: "Read-only file system",
  EXDEV: "Invalid cross-device link",
};

/** What Linux' tool says where a file of a build cannot be written; nothing about folders. */
export function refusalLine(refusal: ConfRefusal): string {
  const [step, code] = refusal.split(" ") as [string, string];
  return step === "folders" ? "" : `${step === "open" ? "fopen" : step}: ${errors[code] ?? code}\n`;
}
