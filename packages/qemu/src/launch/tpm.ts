import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { machineSockets } from "../args/extras.js";
import { QemuError } from "../errors.js";
import { throwIfAborted } from "../process/abort.js";
import { type OwnedProcess, startOwned } from "../process/owned.js";
import type { Room } from "../process/room.js";
import type { Command, Environment } from "../types.js";
import { installHint } from "../host/os-release.js";
import { searchPath } from "../host/search-path.js";

/** The TPM's state, in a machine's folder. */
export const tpmFolder = "tpm";

/** Errors: `SWTPM_NOT_FOUND`. */
export async function findSwtpm(env: Environment): Promise<string> {
  const path = await searchPath("swtpm", env);
  if (path !== undefined) return path;
  throw new QemuError("SWTPM_NOT_FOUND", "swtpm, which plays the TPM, is in none of the folders of PATH.", {
    hint: await installHint("swtpm"),
    details: { PATH: env["PATH"] },
  });
}

/** swtpm(8): a TPM 2.0 that listens at a socket and ends with its connection. */
export function swtpmCommand(binary: string, folder: string): Command {
  const state = `dir=${join(folder, tpmFolder)}`;
  const control = `type=unixio,path=${machineSockets(folder).tpm}`;
  return { file: binary, args: ["socket", "--tpm2", "--tpmstate", state, "--ctrl", control, "--terminate"] };
}

/** Starts swtpm and resolves when it listens. Errors: `START_FAILED`, `QEMU_UNUSABLE`, `ABORTED`. */
export async function startTpm(
  command: Command,
  room: Room,
  { env, signal }: { readonly env: Environment; readonly signal?: AbortSignal },
): Promise<OwnedProcess> {
  await mkdir(join(room.folder, tpmFolder), { mode: 0o700 });
  const tpm = await startOwned(command, { env, room });
  tpm.stdout.resume();
  let gone = false;
  void tpm.exited.finally(() => {
    gone = true;
  });
  const socket = machineSockets(room.folder).tpm;
  while (!existsSync(socket)) {
    if (gone) {
      const { stderr, code } = await tpm.exited;
      throw new QemuError("START_FAILED", `swtpm did not start (exit code ${code}): ${stderr.trim() || "no message"}`, {
        hint: `Try it by hand: swtpm socket --tpm2 --tpmstate dir=/tmp --ctrl type=unixio,path=/tmp/tpm.sock`,
        details: { stderr, code, command },
      });
    }
    throwIfAborted(signal);
    await setTimeout(10);
  }
  return tpm;
}
