import { accessSync, constants, statSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import type { Environment } from "../types.js";

/** The path of a program as the shell would find it through `env.PATH`; undefined if it is not there. */
export function findProgram(name: string, env: Environment): Promise<string | undefined> {
  return Promise.resolve(find(name, env));
}

function find(name: string, env: Environment): string | undefined {
  if (isAbsolute(name)) return isExecutable(name) ? name : undefined;
  const folders = (env["PATH"] ?? "").split(":").filter((folder) => folder !== "");
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

/** Looked at at once: most of what is looked for in most folders is not there, and a promise for each costs many times as much. */
function isExecutable(path: string): boolean {
  try {
    if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return false;
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
