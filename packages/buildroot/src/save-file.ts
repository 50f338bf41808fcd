import { BuildrootError } from "./errors.js";
import type { SaveKind } from "./types.js";

const names: Readonly<Record<SaveKind, string>> = {
  defconfig: "The defconfig",
  linux: "The kernel's configuration",
  busybox: "BusyBox's configuration",
};

/** SAVE_FAILED; nothing has been written then. */
export function saveFailed(kind: SaveKind, reason: string, cause?: unknown): BuildrootError {
  return new BuildrootError("SAVE_FAILED", `${names[kind]} cannot be saved: ${reason}`, {
    hint: "Mend that, or leave it out of what is to be saved.",
    details: { kind, reason },
    cause,
  });
}
