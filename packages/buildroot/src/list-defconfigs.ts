import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseDefconfigs } from "./defconfig.js";
import { runCaptured } from "./run-make.js";
import type { Session } from "./session.js";
import type { Defconfig } from "./types.js";

/** Asks Buildroot. In a folder of its own: make writes into its output folder even to list, and a build may be running there. */
export async function listDefconfigs(session: Session, signal?: AbortSignal): Promise<readonly Defconfig[]> {
  const output = await realpath(await mkdtemp(join(tmpdir(), "ipa-br-list-")));
  try {
    const elsewhere = { ...session, settings: { ...session.settings, output } };
    const text = await runCaptured(elsewhere, { targets: ["list-defconfigs"], signal });
    return parseDefconfigs(text, session.settings.buildroot, session.externals);
  } finally {
    await rm(output, { recursive: true, force: true });
  }
}
