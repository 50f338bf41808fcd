import { resolve } from "node:path";
import type { SavedFile } from "@ipa-br/buildroot";
import { ipaPreset } from "@ipa-br/preset-ipa";
import { CliError } from "../errors.js";
import { type Io, print } from "../io.js";
import { type LocationOptions, resolveSettings } from "../settings/resolve.js";
import { openTree } from "../tree.js";
import { formatTable } from "../ui/format.js";

/** What `save` takes beside the locations; `--no-linux` makes `linux` false. */
export type SaveCommandOptions = LocationOptions & {
  readonly defconfig?: string | boolean;
  readonly linux?: boolean;
  readonly busybox?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
};

/**
 * `ipa-br save`: defconfig, kernel and BusyBox configuration back into the tree they came from.
 * @throws CliError TREE_READ_ONLY if all of it belongs to the copy inside this package
 */
export async function save(io: Io, options: SaveCommandOptions): Promise<void> {
  const settings = await resolveSettings(io, options);
  const tree = await openTree(io, settings);
  const { defconfig, linux, busybox } = options;
  const result = await tree.save({
    ...(defconfig === undefined
      ? {}
      : { defconfig: typeof defconfig === "string" ? resolve(io.cwd, defconfig) : defconfig }),
    // not named: save what can be saved
    ...(linux === false ? { linux } : {}),
    ...(busybox === false ? { busybox } : {}),
    // the copy that npm installed stays as it is
    dryRun: options.dryRun === true,
    readOnly: settings.clone === undefined ? [ipaPreset.externalTree] : [],
    signal: io.signal,
  });
  if (result.written.length === 0 && result.skipped.some(({ reason }) => reason.includes(ipaPreset.externalTree))) {
    throw new CliError(
      "TREE_READ_ONLY",
      "the configuration came from the external tree shipped with this package, which stays as it is",
      {
        hint: `ipa-br save --defconfig ./${settings.defconfig}, or copy ${ipaPreset.externalTree} and name your copy with --external`,
      },
    );
  }
  if (options.json === true) {
    print(io, JSON.stringify(result, null, 2));
    return;
  }
  const done = options.dryRun === true ? "would be written" : "written";
  const rows = [
    ...result.written.map(({ kind, path, changed }) => [kind, changed ? done : "unchanged", path]),
    ...result.skipped.map(({ kind, reason }) => [kind, "skipped", reason]),
  ];
  print(io, formatTable(rows));
  for (const file of result.written) if (file.changed) print(io, changesText(file));
}

/** So many changes of a file are shown; the file and its backup have the rest. */
const shown = 40;

/** What changed, as a diff by symbol, and where the former content is. */
export function changesText({ kind, path, changes, backup }: SavedFile): string {
  const prefix = kind === "defconfig" ? "" : "CONFIG_";
  const line = (sign: string, name: string, value: string | undefined): string[] =>
    value === undefined ? [] : [`${sign}${prefix}${name}=${value}`];
  const lines = changes.slice(0, shown).flatMap(({ name, before, after }) => {
    return [...line("-", name, before), ...line("+", name, after)];
  });
  const rest = changes.length > shown ? [`  and ${changes.length - shown} more`] : [];
  const order = changes.length === 0 ? ["  the same values, written in another order or way"] : [];
  const kept = backup === undefined ? [] : [`before: ${backup}`];
  return [`\n${path}`, ...lines.map((text) => `  ${text}`), ...rest, ...order, ...kept].join("\n");
}
