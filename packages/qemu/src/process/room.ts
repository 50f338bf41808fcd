import { randomBytes } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { QemuError } from "../errors.js";
import type { Environment } from "../types.js";
import { startWatchdog, type Watchdog } from "./watchdog.js";

/** A throw-away folder that only this user can enter, for what a machine needs while it runs. */
export interface Room {
  readonly folder: string;
  /** Removes the folder when this program dies, and kills what runs in it. */
  readonly watchdog: Watchdog;
  /** Removes the folder. Harmless when repeated. */
  close(): void;
}

/**
 * A name for a throw-away folder: in TMPDIR, or else in /var/tmp as QEMU's own temporary files, since what a guest writes
 * to a throw-away disk may be more than a /tmp in memory holds.
 */
export function roomName(env: Environment, parent: string = env["TMPDIR"] || "/var/tmp"): string {
  return join(parent, `ipa-br-${randomBytes(6).toString("hex")}`);
}

/** Makes the folder; its watchdog is there first. Errors: `START_FAILED` where no folder can be made. */
export function openRoom(env: Environment): Room {
  const parents = [env["TMPDIR"] || "/var/tmp", tmpdir()];
  let cause: unknown;
  for (const parent of new Set(parents)) {
    const folder = roomName(env, parent);
    const watchdog = startWatchdog(env, folder);
    try {
      mkdirSync(folder, { mode: 0o700 });
      return roomOf(folder, watchdog);
    } catch (error) {
      cause = error;
      watchdog.standDown();
    }
  }
  throw new QemuError("START_FAILED", `There is no folder for throw-away files: ${(cause as Error).message}`, {
    hint: "Set TMPDIR to a folder that this user may write.",
    details: { parents },
    cause,
  });
}

function roomOf(folder: string, watchdog: Watchdog): Room {
  let closed = false;
  return {
    folder,
    watchdog,
    close() {
      if (closed) return;
      closed = true;
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
      watchdog.standDown();
    },
  };
}
