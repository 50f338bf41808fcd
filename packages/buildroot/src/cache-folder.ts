import { realpath } from "node:fs/promises";
import { ensureFolder } from "./ensure-folder.js";
import { BuildrootError, type BuildrootErrorCode } from "./errors.js";
import { pathProblem } from "./path-rules.js";

/** Creates a cache folder and returns its canonical path. Throws an error of the given code if make could not work with it. */
export async function prepareCache(cacheDir: string, code: BuildrootErrorCode): Promise<string> {
  let problem = pathProblem(cacheDir);
  let cause: unknown;
  if (problem === undefined) {
    try {
      await ensureFolder(cacheDir);
      const canonical = await realpath(cacheDir);
      problem = pathProblem(canonical);
      if (problem === undefined) return canonical;
    } catch (error) {
      problem = `cannot be created (${(error as Error).message})`;
      cause = error;
    }
  }
  throw new BuildrootError(code, `The cache folder ${cacheDir} ${problem}.`, {
    hint: "Choose another cache folder, with an absolute path of letters, digits and . _ + - only.",
    details: { cacheDir, problem },
    cause,
  });
}
