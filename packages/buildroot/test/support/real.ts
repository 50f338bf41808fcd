import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { openBuildroot, type SettingMismatch } from "../../src/index.js";
import { env, findProgramSync } from "./programs.js";

/** The submodule of a clone. */
export const realBuildroot: string = fileURLToPath(new URL("../../../../buildroot", import.meta.url));

export const externalFixture: string = fileURLToPath(new URL("../fixtures/external", import.meta.url));

/** An external tree whose image is built in seconds with the host's own programs. */
export const imageFixture: string = fileURLToPath(new URL("../fixtures/image", import.meta.url));

/** Programs that support/dependencies/dependencies.sh asks for, and a compiler for kconfig. */
const needed = ["make", "gcc", "g++", "perl", "tar", "wget", "cpio", "unzip", "rsync", "bc", "patch", "file"];

/** Why tests against real Buildroot cannot run here; undefined if they can. */
export function realBuildrootMissing(): string | undefined {
  if (!existsSync(`${realBuildroot}/Makefile`)) return "the buildroot/ submodule is not populated";
  const missing = needed.filter((name) => findProgramSync(name) === undefined);
  return missing.length === 0 ? undefined : `Buildroot needs programs that are not installed: ${missing.join(", ")}`;
}

/**
 * Configures a defconfig with a toolchain's fragment, and lets real Buildroot check the toolchain and take it over. Gives the settings of
 * the fragment that did not hold.
 */
export async function takeToolchain(
  fragmentPath: string,
  defconfig: string,
  output: string,
): Promise<readonly SettingMismatch[]> {
  const buildroot = await openBuildroot({ buildroot: realBuildroot, output, env });
  const { mismatches } = await buildroot.configure({ defconfig, fragments: [fragmentPath] });
  // The host's tar may be too old for Buildroot, which then wants to build one; nothing is unpacked here.
  await buildroot.make({ targets: ["BR2_TAR_HOST_DEPENDENCY=", "TAR=tar", "toolchain"] });
  return mismatches.filter(({ file }) => file === fragmentPath);
}
