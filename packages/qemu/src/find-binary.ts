import { QemuError } from "./errors.js";
import type { Architecture, Environment, QemuBinary } from "./types.js";

/** Where to look for QEMU. */
export interface FindQemuOptions {
  readonly arch: Architecture;
  /** PATH is searched. */
  readonly env: Environment;
  /** Content of /etc/os-release, which chooses the package command in the hint; read from there unless given. */
  readonly osRelease?: string;
  readonly signal?: AbortSignal;
}

/**
 * The `qemu-system-*` of an architecture and its version.
 * Errors: `QEMU_NOT_FOUND` with the distribution's package command as hint, `QEMU_UNUSABLE`, `ABORTED`.
 */
export function findQemu(options: FindQemuOptions): Promise<QemuBinary> {
  return Promise.reject(new QemuError("INTERNAL", `not written yet: ${options.arch}`));
}
