import { constants } from "node:fs";
import { access, readFile, stat, statfs } from "node:fs/promises";
import { machine, totalmem, userInfo } from "node:os";
import { basename, dirname } from "node:path";
import { freshAnswers } from "../process/answers.js";
import { findProgram } from "../process/find-program.js";
import { currentUmask } from "../process/short.js";
import type { Environment, ProgramAnswers } from "../types.js";
import type { Access, DoctorHost, Space } from "./types.js";

/** This machine, seen through an environment's PATH; each program is asked once, or not at all where `answers` knows what it says. */
export async function localDoctorHost(env: Environment, answers: ProgramAnswers = freshAnswers()): Promise<DoctorHost> {
  const found = new Map<string, Promise<string | undefined>>();
  return {
    osRelease: await readFile("/etc/os-release", "utf8").catch(() => ""),
    uid: userInfo().uid,
    umask: currentUmask(),
    machine: machine(),
    memory: totalmem(),
    find(name) {
      const looked = found.get(name) ?? findProgram(name, env);
      found.set(name, looked);
      return looked;
    },
    run: (file, args, input) => answers.ask(file, args, env, input),
    access: accessOf,
    space: spaceOf,
  };
}

async function accessOf(path: string): Promise<Access | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return undefined;
  const may = (mode: number): Promise<boolean> =>
    access(path, mode).then(
      () => true,
      () => false,
    );
  return {
    kind: found.isFile() ? "file" : found.isDirectory() ? "folder" : "other",
    read: await may(constants.R_OK),
    write: await may(constants.W_OK),
    execute: await may(constants.X_OK),
  };
}

async function spaceOf(path: string): Promise<Space | undefined> {
  let folder = path;
  while ((await stat(folder).catch(() => undefined)) === undefined && folder !== dirname(folder))
    folder = dirname(folder);
  const system = await statfs(folder).catch(() => undefined);
  if (system === undefined) return undefined;
  return {
    free: system.bavail * system.bsize,
    // btrfs and others count no files.
    freeFiles: system.files > 0 ? system.ffree : undefined,
    options: await mountOptions(folder),
    caseSensitive: await tellsCase(folder),
  };
}

async function mountOptions(folder: string): Promise<readonly string[]> {
  const text = await readFile("/proc/self/mounts", "utf8").catch(() => "");
  let best = { point: "", options: "" };
  for (const line of text.split("\n")) {
    const [, point, , options] = line.split(" ");
    if (point === undefined || options === undefined || point.length < best.point.length) continue;
    const plain = point.replaceAll(String.raw`\040`, " ");
    if (plain === "/" || folder === plain || folder.startsWith(`${plain}/`)) best = { point: plain, options };
  }
  return best.options.split(",").filter((option) => option !== "");
}

/** Looked at without writing: the folder's own name in the other case. */
async function tellsCase(folder: string): Promise<boolean | undefined> {
  for (let path = folder; path !== dirname(path); path = dirname(path)) {
    const name = basename(path);
    const other = name === name.toLowerCase() ? name.toUpperCase() : name.toLowerCase();
    if (other === name) continue;
    const [one, two] = await Promise.all(
      [path, `${dirname(path)}/${other}`].map((it) => stat(it).catch(() => undefined)),
    );
    return two === undefined || one?.ino !== two.ino;
  }
  return undefined;
}
