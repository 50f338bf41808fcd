import { closeSync, constants, openSync } from "node:fs";
import { lstat, mkdir, stat, writeFile } from "node:fs/promises";
import type { ConfFile } from "../conf/types.js";
import type { ConfRefusal, WriteStep } from "../conf/walk/request.js";
import { bytesOf } from "./bytes.js";
import { isPlaceOfTheSystem, writeInPlace } from "./in-place.js";
import { Replacement } from "./replacement.js";
import { isSpecial } from "./special-file.js";

/**
 * Writes a file the way it wants to be written; where that fails, the step and the error's code, such as `open ENOENT`.
 * `target` is absolute, and its characters are bytes.
 */
export async function writeConfFile(file: ConfFile, target: string): Promise<ConfRefusal | undefined> {
  const { path, method } = file;
  const data = Buffer.from(file.text, "latin1");
  try {
    if (file.folders && (method === "keep" || method === "backup") && (await isFolder(target))) return "folders EISDIR";
    if (file.folders) await during("folders", makeFolders(target));
    if (method === "touch") touch(target);
    else if (method === "keep") await writeInPlace(target, data);
    // C would give the name "" to the file that it has written.
    else if (path === "") return "rename ENOENT";
    else await replace(target, data, method === "backup");
    return undefined;
  } catch (error) {
    const { code, step } = error as { readonly code?: unknown; readonly step?: WriteStep };
    if (typeof code !== "string") throw error;
    return `${step ?? "open"} ${code}`;
  }
}

async function during<Result>(step: WriteStep, action: Promise<Result>): Promise<Result> {
  try {
    return await action;
  } catch (error) {
    throw Object.assign(error as Error, { step });
  }
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(bytesOf(path)).catch(() => undefined))?.isDirectory() === true;
}

/** Makes the folders on the way to a file one after the other, as C does: also one that `..` leaves again. */
async function makeFolders(target: string): Promise<void> {
  if (await isFolder(target.slice(0, target.lastIndexOf("/") + 1))) return;
  for (const { index } of target.matchAll(/[^/](?=\/)/g)) {
    const path = target.slice(0, index + 1);
    if (!(await isFolder(path))) await mkdir(bytesOf(path), 0o755);
  }
}

const { O_WRONLY, O_CREAT, O_TRUNC, O_NONBLOCK } = constants;

/** An empty file is never half-written, and there are thousands of them: no other thread is asked. */
function touch(target: string): void {
  closeSync(openSync(bytesOf(target), O_WRONLY | O_CREAT | O_TRUNC | O_NONBLOCK, 0o644));
}

/**
 * A new file in place of whatever is there, also of a link. Only what a user may have typed is forced to the disk. C's tool
 * puts a file even in place of a device, and as root takes `/dev/null` from the whole machine: here it stays.
 */
async function replace(target: string, data: Buffer, backup: boolean): Promise<void> {
  const link = await lstat(bytesOf(target)).catch(() => undefined);
  const isSystems = isSpecial(link) || (link !== undefined && (await isPlaceOfTheSystem(target)));
  if (isSystems) return writeFile(bytesOf(target), data);
  const replacement = await Replacement.create(target, data, { sync: backup });
  try {
    await during("rename", replacement.rename(target, backup));
  } finally {
    await replacement.remove();
  }
}
