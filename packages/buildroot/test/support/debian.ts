import { localDebianHost } from "../../src/apt/host.js";
import { BuildrootError, type ToolchainArchitecture } from "../../src/index.js";
import { recipeFor } from "../../src/toolchain/recipe.js";
import { findProgramSync } from "./programs.js";

/** Why this machine has no compiler that can be laid out as a toolchain; undefined if it has. */
export async function toolchainMissing(architecture: ToolchainArchitecture = "x86_64"): Promise<string | undefined> {
  try {
    recipeFor(await localDebianHost(), architecture);
  } catch (error) {
    return BuildrootError.is(error) ? error.message : String(error);
  }
  // A cross toolchain brings its binutils; the libraries of its compiler are those of the host's.
  const linker = architecture === "x86_64" ? ["x86_64-linux-gnu-ld"] : [];
  const missing = ["apt-get", "dpkg-deb", "gcc", ...linker].filter((name) => !findProgramSync(name));
  return missing.length === 0 ? undefined : `not installed: ${missing.join(", ")}`;
}

/** What a test says of an error that only means that no package mirror answers; any other error is thrown on. */
export function mirrorMissing(error: unknown): string {
  if (!BuildrootError.is(error) || error.code !== "APT_FAILED") throw error;
  return `no package mirror answers: ${error.message}`;
}
