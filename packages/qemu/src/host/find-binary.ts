import { QemuError } from "../errors.js";
import { type HostPart, installHint } from "./os-release.js";
import { searchPath } from "./search-path.js";
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
  const name = `qemu-system-${options.arch}` as const;
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

async function notFound(name: HostPart, options: FindQemuOptions): Promise<QemuError> {
  return new QemuError("QEMU_NOT_FOUND", `${name} is in none of the folders of PATH.`, {
    hint: await installHint(name, options.osRelease),
    details: { name, PATH: options.env["PATH"] },
  });
}
