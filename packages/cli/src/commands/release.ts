import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Buildroot, collectReport, createSbom } from "@ipa-br/buildroot";
import { assembleRelease } from "@ipa-br/preset-ipa";
import type { Command } from "commander";
import { type Io, print } from "../io.js";
import { type LocationOptions, resolveSettings } from "../settings/resolve.js";
import { openTree } from "../tree.js";
import { formatBytes, formatTable } from "../ui/format.js";
import { withLocations } from "./options.js";

/** Adds `ipa-br release`. */
export function addReleaseCommand(program: Command, io: Io): void {
  withLocations(
    program
      .command("release [folder]")
      .description("put images, checksums, lock, SBOM and licences of a build into one folder (default: release/)"),
  )
    .exitOverride()
    .option("--json", "print the files as JSON")
    .action((folder, options) => release(io, folder, options));
}

/**
 * `ipa-br release [folder]`, of the output folder's build.
 * @throws PresetError RELEASE_INCOMPLETE, RELEASE_FOREIGN; BuildrootError NOT_CONFIGURED
 */
export async function release(
  io: Io,
  folder: string | undefined,
  options: LocationOptions & { readonly json?: boolean },
): Promise<void> {
  const settings = await resolveSettings(io, options);
  const tree = await openTree(io, settings);
  const report = await collectReport({ tree, signal: io.signal });
  const target = folder === undefined ? join(settings.output, "release") : resolve(io.cwd, folder);
  const files = await assembleRelease({
    output: tree.output,
    target,
    report,
    sbom: createSbom(report),
    defconfig: await minimalConfig(io, tree),
    signal: io.signal,
  });
  if (options.json === true) print(io, JSON.stringify({ folder: target, files }));
  else print(io, `${target}\n${formatTable(files.map(({ name, size }) => [`  ${name}`, formatBytes(size)]))}`);
}

/** What savedefconfig writes, into a file that goes again: the tree's own stays as it is. */
async function minimalConfig(io: Io, tree: Buildroot): Promise<string> {
  const work = await mkdtemp(join(tmpdir(), "ipa-br-"));
  try {
    const defconfig = join(work, "defconfig");
    await tree.save({ defconfig, linux: false, busybox: false, signal: io.signal });
    return await readFile(defconfig, "utf8");
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
