import { BuildrootError } from "../errors.js";
import { freshAnswers } from "../process/answers.js";
import { findProgram } from "../process/find-program.js";
import type { Environment, ProgramAnswers } from "../types.js";
import { compareVersions, gnuMakeVersion } from "../version.js";

/** Buildroot's Makefile, MIN_MAKE_VERSION. */
const oldestMake = "3.81";

/** The path of GNU make. Throws MAKE_NOT_FOUND, or MAKE_TOO_OLD, also for a make that is not GNU's. */
export async function findMake(
  name: string,
  env: Environment,
  answers: ProgramAnswers = freshAnswers(),
): Promise<string> {
  const path = await findProgram(name, env);
  if (path === undefined) {
    throw new BuildrootError("MAKE_NOT_FOUND", `There is no program "${name}" in PATH.`, {
      hint: "Install it: apt-get install make (Debian, Ubuntu), dnf install make (Fedora).",
      details: { make: name, path: env["PATH"] },
    });
  }
  const { output } = await answers.ask(path, ["--version"], env);
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
