import { CliError } from "../errors.js";

/** Settings by symbol, as `configure` takes them. */
export type SettingRecord = Readonly<Record<string, string | number | boolean>>;

/**
 * Reads `SYMBOL=VALUE`. Without a value the symbol is set to y.
 * @throws CliError SETTING_INVALID
 */
export function parseSetting(text: string): readonly [name: string, value: string | boolean] {
  const match = /^\s*([A-Za-z0-9_]+)\s*(?:=(.*))?$/s.exec(text);
  if (match === null) {
    throw new CliError("SETTING_INVALID", `"${text}" is not of the form SYMBOL=VALUE`, {
      hint: "--set BR2_TARGET_ROOTFS_CPIO=y, or --set 'BR2_TARGET_GENERIC_HOSTNAME=\"ipa\"'",
    });
  }
  const value = match[2]?.trim();
  if (value === undefined || value === "y") return [match[1]!, true];
  if (value === "n") return [match[1]!, false];
  // quotes mark a string; which symbols are strings is the tree's to say
  const quoted = /^"((?:[^"\\]|\\.)*)"$/s.exec(value);
  return [match[1]!, quoted === null ? value : quoted[1]!.replaceAll(/\\(.)/gs, "$1")];
}

/** Reads several; a later one wins. */
export function parseSettings(texts: readonly string[]): SettingRecord {
  return Object.fromEntries(texts.map(parseSetting));
}

/** Splits BR2_EXTERNAL as Buildroot does: at spaces and colons. */
export function splitExternals(text: string): readonly string[] {
  return text.split(/[\s:]+/).filter((path) => path !== "");
}
