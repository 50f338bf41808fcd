import { readFile, rm } from "node:fs/promises";
import { writeFileAtomic } from "@ipa-br/kconfig/node";
import { unwritable } from "./check/output-folder.js";
import { readValues } from "./config/notation.js";
import { ensureFolder } from "./ensure-folder.js";
import { BuildrootError } from "./errors.js";
import type { OutputLayout } from "./layout.js";
import { acquireLock } from "./lock.js";
import { endLeftovers } from "./process/leftovers.js";
import type { MakeSettings } from "./make-arguments.js";
import { settle } from "./saving/journal.js";
import type { BuildHost, BuildrootEvent, Environment, ExternalTree } from "./types.js";

/** What every operation on an output folder works with. */
export interface Session {
  readonly version: string;
  readonly layout: OutputLayout;
  readonly externals: readonly ExternalTree[];
  readonly settings: MakeSettings;
  readonly env: Environment;
  /** The path of GNU make. */
  readonly make: string;
  readonly host: BuildHost;
  emit(event: BuildrootEvent): void;
}

/** Runs `work` as the only one in the output folder. Throws LOCKED, OUTPUT_UNWRITABLE. */
export async function withLock<T>(session: Session, command: string, work: () => Promise<T>): Promise<T> {
  const { layout } = session;
  let lock;
  let recovered = false;
  try {
    await ensureFolder(layout.own);
    lock = await acquireLock({
      path: layout.lock,
      what: `The output folder ${layout.root}`,
      command,
      host: session.host,
      onRecovered: (reason) => {
        recovered = true;
        session.emit({ type: "lock-recovered", path: layout.lock, reason });
      },
    });
  } catch (error) {
    if (BuildrootError.is(error)) throw error;
    throw unwritable(layout.root, (error as Error).message, error);
  }
  try {
    // Its make may still be at work though it is gone.
    if (recovered) await endLeftovers(layout.root);
    await restoreConfig(session);
    await restoreSave(session);
    return await work();
  } finally {
    await lock.release();
  }
}

/** A configuration that was cut off (power, kill -9) left the former .config beside: it is put back. */
async function restoreConfig(session: Session): Promise<void> {
  const { config, configBackup } = session.layout;
  const before = await readText(configBackup);
  if (before === undefined) return;
  await writeOwn(session, config, before);
  await rm(configBackup, { force: true });
  const message = `A configuration of ${session.layout.root} was cut off; the .config of before is back.`;
  session.emit({ type: "warning", code: "CONFIGURE_INTERRUPTED", message });
}

/** A save that was cut off between its files left a note: all of them are as before, or all new. */
async function restoreSave(session: Session): Promise<void> {
  const found = await settle(session.layout.saveJournal).catch((error: Error) => {
    throw unwritable(session.layout.root, `a save that was cut off cannot be taken back (${error.message})`, error);
  });
  if (found !== "restored") return;
  const message = `A save of ${session.layout.root} was cut off; the files of before are back.`;
  session.emit({ type: "warning", code: "SAVE_INTERRUPTED", message });
}

/** The values of O/.config. Throws NOT_CONFIGURED. */
export async function readConfiguration(session: Session): Promise<Map<string, string>> {
  const text = await readText(session.layout.config);
  if (text !== undefined) return readValues(text);
  throw new BuildrootError("NOT_CONFIGURED", `${session.layout.root} has no .config yet.`, {
    hint: "Configure it first: configure({ defconfig: NAME }).",
    details: { output: session.layout.root },
  });
}

/** Replaces a file in the output folder. Throws OUTPUT_UNWRITABLE. */
export async function writeOwn(session: Session, path: string, text: string): Promise<void> {
  try {
    await writeFileAtomic(path, text);
  } catch (error) {
    throw unwritable(session.layout.root, (error as Error).message, error);
  }
}

export async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
