import { BuildrootError } from "../errors.js";
import type { SettingMismatch } from "../types.js";

/** The error for settings that Buildroot dropped or changed: each with where it was asked for, what became of it, and why. */
export function settingsLost(lost: readonly SettingMismatch[]): BuildrootError {
  const names = [...new Set(lost.map(({ name }) => name))];
  const accept = names.length > 5 ? "details.names" : JSON.stringify(names);
  const title = `Buildroot drops or changes ${lost.length === 1 ? "a setting" : `${lost.length} settings`}:`;
  return new BuildrootError("SETTINGS_LOST", [title, ...lost.map((one) => formatMismatch(one))].join("\n"), {
    hint: `Mend what asked for ${lost.length === 1 ? "it" : "them"}, or accept the loss by name: accept: ${accept}.`,
    details: { mismatches: lost, names },
  });
}

/** One setting that did not hold, in one line. */
export function formatMismatch({ file, line, name, wanted, got, reason, why, suggestion }: SettingMismatch): string {
  const fate = {
    unknown: "no such symbol",
    dropped: "dropped",
    changed: `is ${got}`,
    legacy: "of a former release",
    replaced: "replaced",
  }[reason];
  const way = suggestion?.map((one) => `${one.name}=${one.value}`).join(" ");
  const rest = [...why, ...(way === undefined ? [] : [`It holds with ${way}.`])];
  const from = file === "set" ? "set" : `${file}:${line}`;
  return [`${from}: ${name}=${wanted}: ${fate}.`, ...rest].join(" ");
}
