import { spawnSync } from "node:child_process";
import { closeSync, constants, openSync, rmSync } from "node:fs";
import { Socket } from "node:net";
import { join } from "node:path";
import type { Readable } from "node:stream";
import type { Environment } from "../types.js";

/** The two ends of a pipe. */
export interface WidePipe {
  readonly reader: Readable;
  /** For the process that writes; close it here once the process has it. */
  readonly writer: number;
}

let made = 0;

/**
 * A pipe of the kernel. What Node itself makes for a child's output is a pair of sockets, which is full after some 280
 * writes of one byte, and a serial port writes byte by byte. QEMU then waits for the reader; Linux waits 10 ms for the port
 * (drivers/tty/serial/8250, wait_for_lsr) and drops what it had to say. A pipe holds 64 KiB, however small the writes.
 * @param folder where it has a name for a moment
 * @returns undefined where no pipe can be made
 */
export function openWidePipe(env: Environment, folder: string): WidePipe | undefined {
  const path = join(folder, `pipe${(made += 1)}`);
  try {
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
    rmSync(path, { force: true });
  }
}
