import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import type { Environment } from "../types.js";

/** The path of a program as the shell would find it through `env.PATH`; undefined if it is not there. */
export async function findProgram(name: string, env: Environment): Promise<string | undefined> {
  if (isAbsolute(name)) return (await executable(name)) ? name : undefined;
  for (const folder of (env["PATH"] ?? "").split(":")) {
    if (folder === "") continue;
    const path = join(folder, name);
    if (await executable(path)) return path;
  }
  return undefined;
}

async function executable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
