import { constants } from "node:fs";
import { access, readFile, stat } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { QemuError } from "../errors.js";
import { installCommand } from "./os-release.js";
import { capture } from "../process/capture.js";
import type { Architecture, Environment, QemuBinary } from "../types.js";

/** Where to look for QEMU. */
export interface FindQemuOptions {
  readonly arch: Architecture;
  /** PATH is searched. */
  readonly env: Environment;
  /** Content of /etc/os-release, which chooses the package command in the hint; read from there unless given. */
  readonly osRelease?: string;
  readonly signal?: AbortSignal;
}

/** Milliseconds in which `--version` answers even on a host that is busy otherwise. */
const versionMs = 30_000;

/**
 * The `qemu-system-*` of an architecture and its version.
 * Errors: `QEMU_NOT_FOUND` with the distribution's package command as hint, `QEMU_UNUSABLE`, `ABORTED`.
 */
export async function findQemu(options: FindQemuOptions): Promise<QemuBinary> {
  const name = `qemu-system-${options.arch}`;
  const path = await searchPath(name, options.env);
  if (path === undefined) throw await notFound(name, options);
  const answer = await capture(
    { file: path, args: ["--version"] },
    {
      env: options.env,
      ...(options.signal === undefined ? {} : { signal: options.signal }),
      giveUp: ({ elapsedMs }) => Promise.resolve(elapsedMs > versionMs ? "it does not answer" : undefined),
    },
  );
  const version = parseVersion(answer.stdout);
  if (version === undefined) {
    throw new QemuError("QEMU_UNUSABLE", `${path} does not say which version of QEMU it is.`, {
      hint: `Try it by hand: ${path} --version`,
      details: { path, stdout: answer.stdout, stderr: answer.stderr, code: answer.code },
    });
  }
  return { path, arch: options.arch, version };
}

/** `7.2.22` out of `QEMU emulator version 7.2.22 (Debian 1:7.2+dfsg-7+deb12u18)`. */
export function parseVersion(output: string): string | undefined {
  return /^QEMU emulator version (\d+(?:\.\d+)+)/m.exec(output)?.[1];
}

async function searchPath(name: string, env: Environment): Promise<string | undefined> {
  for (const folder of (env["PATH"] ?? "").split(delimiter)) {
    // An empty entry means the current folder, which is no place to take a program from unasked.
    if (folder === "") continue;
    const candidate = join(folder, name);
    if (await isProgram(candidate)) return candidate;
  }
  return undefined;
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

async function notFound(name: string, options: FindQemuOptions): Promise<QemuError> {
  const osRelease = options.osRelease ?? (await readFile("/etc/os-release", "utf8").catch(() => ""));
  const command = installCommand(osRelease, options.arch);
  return new QemuError("QEMU_NOT_FOUND", `${name} is in none of the folders of PATH.`, {
    hint: command === undefined ? `Install the package that holds ${name}.` : `Install it, as root: ${command}`,
    details: { name, PATH: options.env["PATH"] },
  });
}
