import { spawnSync } from "node:child_process";
import { closeSync, constants, mkdtempSync, openSync, rmSync } from "node:fs";
import { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import type { Environment } from "../types.js";

/** The two ends of a pipe. */
export interface WidePipe {
  readonly reader: Readable;
  /** For the process that writes; close it here once the process has it. */
  readonly writer: number;
}

/**
 * A pipe of the kernel. What Node itself makes for a child's output is a pair of sockets, which is full after some 280
 * writes of one byte, and a serial port writes byte by byte. QEMU then waits for the reader; Linux waits 10 ms for the port
 * (drivers/tty/serial/8250, wait_for_lsr) and drops what it had to say. A pipe holds 64 KiB, however small the writes.
 * @returns undefined where no pipe can be made
 */
export function openWidePipe(env: Environment): WidePipe | undefined {
  let folder: string | undefined;
  try {
    folder = mkdtempSync(join(env["TMPDIR"] || tmpdir(), "ipa-br-pipe-"));
    const path = join(folder, "serial");
    if (spawnSync("mkfifo", [path], { env: { PATH: env["PATH"] ?? "/usr/bin:/bin" } }).status !== 0) return undefined;
    // a writer must find a reader, and a reader must not wait for a writer
    const end = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      return {
        writer: openSync(path, constants.O_WRONLY),
        reader: new Socket({ fd: end, readable: true, writable: false }),
      };
    } catch (error) {
      closeSync(end);
      throw error;
    }
  } catch {
    return undefined;
  } finally {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  }
}
