import { resolve } from "node:path";
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
  const rows = [
    ...result.written.map(({ kind, path, changed }) => [kind, changed ? "written" : "unchanged", path]),
    ...result.skipped.map(({ kind, reason }) => [kind, "skipped", reason]),
  ];
  print(io, formatTable(rows));
}
