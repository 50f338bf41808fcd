import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { findProgramSync } from "./programs.js";

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
