import { spawn } from "node:child_process";
import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { ConductorError } from "../errors.js";
import type { Environment } from "../types.js";

/** A program on PATH, or undefined. */
export async function findProgram(name: string, env: Environment): Promise<string | undefined> {
  for (const folder of (env["PATH"] ?? "").split(delimiter).filter((entry) => entry !== "")) {
    const file = join(folder, name);
    if (
      await access(file, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return file;
  }
  return undefined;
}

/** A filter of the host: what it is called, and Debian's package of it. */
export interface Filter {
  readonly name: string;
  readonly args: readonly string[];
  readonly package: string;
  readonly env?: Environment;
}

/** Why a filter failed: its own words. */
export class FilterFailure extends Error {}

/**
 * What a filter of the host makes of the bytes. Breaking off ends it.
 * Errors: `DECOMPRESSOR_MISSING`, `FilterFailure`, and what the input throws.
 */
export async function* filtered(
  input: AsyncIterable<Buffer>,
  filter: Filter,
  env: Environment,
): AsyncGenerator<Buffer, void, undefined> {
  const file = await findProgram(filter.name, env);
  if (file === undefined) {
    throw new ConductorError("DECOMPRESSOR_MISSING", `${filter.name} is not on PATH, and the image needs it.`, {
      hint: `Install it (Debian: apt-get install ${filter.package}).`,
      details: { program: filter.name },
    });
  }
  const child = spawn(file, filter.args, { env: { ...env, ...filter.env }, stdio: ["pipe", "pipe", "pipe"] });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => void (said = (said + text).slice(0, 2000)));
  const ended = new Promise<number | null>((resolve) => {
    child.on("error", () => resolve(null));
    child.on("close", resolve);
  });
  // A filter that ended before its input did says why by its exit code.
  const fed = pipeline(input, child.stdin).then(
    () => undefined,
    (error: unknown) => error,
  );
  let whole = false;
  try {
    for await (const chunk of child.stdout) yield chunk as Buffer;
    whole = true;
  } finally {
    if (!whole) child.kill("SIGKILL");
  }
  const code = await ended;
  if (code !== 0) throw new FilterFailure(said.trim().split("\n")[0] || `${filter.name} ended with ${code}`);
  const problem = await fed;
  if (ConductorError.is(problem)) throw problem;
}
