import { readFile, realpath } from "node:fs/promises";
import { join } from "node:path";
import { BuildrootError } from "../errors.js";
import { pathProblem } from "../path-rules.js";
import { buildrootVersion } from "../version.js";

export interface BuildrootTree {
  /** Canonical. */
  readonly path: string;
  readonly version: string;
}

/** Checks a Buildroot tree. Throws BUILDROOT_INVALID. */
export async function checkBuildrootTree(path: string): Promise<BuildrootTree> {
  const canonical = await realpath(path).catch(() => undefined);
  if (canonical === undefined) throw invalid(path, "is not there");
  const problem = pathProblem(path) ?? pathProblem(canonical);
  if (problem !== undefined) throw invalid(canonical, problem);
  const makefile = await readFile(join(canonical, "Makefile"), "utf8").catch(() => undefined);
  if (makefile === undefined) throw invalid(canonical, "has no Makefile");
  const version = buildrootVersion(makefile);
  if (version === undefined) throw invalid(canonical, "has a Makefile that sets no BR2_VERSION");
  return { path: canonical, version };
}

function invalid(path: string, problem: string): BuildrootError {
  return new BuildrootError("BUILDROOT_INVALID", `${path} is no usable Buildroot tree: it ${problem}.`, {
    hint: "Name the top folder of an unpacked Buildroot release, or of a checkout (a submodule: git submodule update --init).",
    details: { path, problem },
  });
}
