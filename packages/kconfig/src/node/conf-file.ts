import { randomBytes } from "node:crypto";
import { mkdir, open, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { ConfFile } from "../conf/types.js";
import { KconfigError } from "../errors.js";
import { keepOld } from "./keep-old.js";
import { isSpecial, writeFileAtomic } from "./write-file-atomic.js";

/** Writes a file the way it wants to be written; where that fails, the error's code, such as ENOENT. */
export async function writeConfFile(file: ConfFile, target: string): Promise<string | undefined> {
  try {
    if (file.folders) await mkdir(dirname(target), { recursive: true, mode: 0o755 });
    const data = Buffer.from(file.text, "latin1");
    if (file.method === "keep") await keepIdentity(target, data);
    else await replace(target, data, file.method === "backup");
    return undefined;
  } catch (error) {
    const code = KconfigError.is(error) ? error.details["errno"] : (error as NodeJS.ErrnoException).code;
    if (typeof code !== "string") throw error;
    return code;
  }
}

/** A link stays a link, a device a device; what is in a regular file is replaced in one step. */
async function keepIdentity(target: string, data: Buffer): Promise<void> {
  const found = await stat(target).catch(() => undefined);
  // An empty file is never half-written.
  if (data.length === 0 || (found !== undefined && !found.isFile())) {
    await writeFile(target, data, { mode: found === undefined && data.length === 0 ? 0o644 : 0o666 });
  } else await writeFileAtomic(target, data);
}

/**
 * A new file in place of whatever is there, also of a link. Only what a user may have typed is forced to the disk. C's tool
 * puts a file even in place of a device, and as root takes `/dev/null` from the whole machine: here it stays.
 */
async function replace(target: string, data: Buffer, backup: boolean): Promise<void> {
  const found = await stat(target).catch(() => undefined);
  if (isSpecial(found)) return writeFile(target, data);
  if (found?.isDirectory() === true) throw Object.assign(new Error(`${target} is a folder`), { code: "EISDIR" });
  const temporary = temporaryBeside(target);
  try {
    const file = await open(temporary, "wx", 0o666);
    try {
      await file.writeFile(data);
      if (backup) await file.sync();
    } finally {
      await file.close();
    }
    if (backup) await keepOld(target);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

const temporaryBeside = (target: string): string =>
  join(dirname(target), `.${basename(target)}.${randomBytes(6).toString("hex")}.tmp`);
