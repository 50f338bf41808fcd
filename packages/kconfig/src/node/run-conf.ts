import { link, mkdir, rename, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { runConf } from "../conf/run-conf.js";
import type { ConfOptions, ConfResult } from "../conf/types.js";
import { nodeHost } from "./host.js";
import { writeFileAtomic } from "./write-file-atomic.js";

/** As `ConfOptions`; the host is the file system. */
export interface RunConfOnDiskOptions extends Omit<ConfOptions, "host"> {
  /** The working folder, absolute. */
  readonly cwd: string;
}

/**
 * Runs `conf` on the file system: macros may start `/bin/sh` in `cwd` with `env`, and the files are written, each in one
 * step, with the backup `FILE.old` that the C tool keeps. All bytes of files and variables are kept, whatever their
 * encoding. Throws what `runConf` does, FILE_UNREADABLE, FILE_UNWRITABLE and SHELL_UNAVAILABLE.
 */
export async function runConfOnDisk(options: RunConfOnDiskOptions): Promise<ConfResult> {
  const { cwd } = options;
  const host = nodeHost({ encoding: "latin1", shell: { env: options.env, cwd } });
  const env = Object.fromEntries(Object.entries(options.env).map(([name, value]) => [name, value && toBytes(value)]));
  const result = runConf({
    ...options,
    root: toBytes(options.root),
    ...(options.file === undefined ? {} : { file: toBytes(options.file) }),
    env,
    host: { ...host, readFile: (path) => host.readFile(resolve(cwd, fromBytes(path))) },
  });
  const files = result.files.map((file) => ({ ...file, path: fromBytes(file.path) }));
  for (const { path, text, backup } of files) {
    const target = resolve(cwd, path);
    await mkdir(dirname(target), { recursive: true });
    if (backup) await keepOld(target);
    await writeFileAtomic(target, Buffer.from(text, "latin1"));
  }
  return { ...result, files, stdout: fromBytes(result.stdout), stderr: fromBytes(result.stderr) };
}

/** A text whose characters are the bytes of `text` in UTF-8. */
const toBytes = (text: string): string => Buffer.from(text, "utf8").toString("latin1");
const fromBytes = (text: string): string => Buffer.from(text, "latin1").toString("utf8");

/** Makes `PATH.old` what PATH is, without a moment in which PATH does not exist. */
async function keepOld(path: string): Promise<void> {
  const temporary = join(dirname(path), `.conf-old.${Math.random().toString(36).slice(2)}.tmp`);
  try {
    await link(path, temporary);
    await rename(temporary, `${path}.old`);
  } catch (error) {
    await rm(temporary, { force: true });
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}
