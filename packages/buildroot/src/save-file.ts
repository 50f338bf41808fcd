import { writeFileAtomic } from "@ipa-br/kconfig/node";
import { BuildrootError } from "./errors.js";
import type { SaveKind } from "./types.js";

const names: Readonly<Record<SaveKind, string>> = {
  defconfig: "The defconfig",
  linux: "The kernel's configuration",
  busybox: "BusyBox's configuration",
};

/** Replaces the file that a configuration came from. Throws SAVE_FAILED; the file is then as before. */
export async function writeSaved(kind: SaveKind, path: string, text: string): Promise<void> {
  try {
    await writeFileAtomic(path, text);
  } catch (error) {
    throw saveFailed(kind, (error as Error).message, error);
  }
}

export function saveFailed(kind: SaveKind, reason: string, cause?: unknown): BuildrootError {
  return new BuildrootError("SAVE_FAILED", `${names[kind]} cannot be saved: ${reason}`, {
    hint: "Mend that, or leave it out of what is to be saved.",
    details: { kind, reason },
    cause,
  });
}
