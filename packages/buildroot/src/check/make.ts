import { BuildrootError } from "../errors.js";
import { findProgram } from "../process/find-program.js";
import { runShort } from "../process/short.js";
import type { Environment } from "../types.js";
import { compareVersions, gnuMakeVersion } from "../version.js";

/** Buildroot's Makefile, MIN_MAKE_VERSION. */
const oldestMake = "3.81";

/** The path of GNU make. Throws MAKE_NOT_FOUND, or MAKE_TOO_OLD, also for a make that is not GNU's. */
export async function findMake(name: string, env: Environment): Promise<string> {
  const path = await findProgram(name, env);
  if (path === undefined) {
    throw new BuildrootError("MAKE_NOT_FOUND", `There is no program "${name}" in PATH.`, {
      hint: "Install it: apt-get install make (Debian, Ubuntu), dnf install make (Fedora).",
      details: { make: name, path: env["PATH"] },
    });
  }
  const { output } = await runShort(path, ["--version"], {}, undefined);
  const version = gnuMakeVersion(output);
  if (version === undefined || compareVersions(version, oldestMake) < 0) {
    const found = version === undefined ? "is not GNU make" : `is GNU make ${version}`;
    throw new BuildrootError("MAKE_TOO_OLD", `${path} ${found}; Buildroot needs GNU make ${oldestMake} or newer.`, {
      hint: "Install GNU make, or name it with the make option (on BSD it is gmake).",
      details: { make: path, version },
    });
  }
  return path;
}
