import { join } from "node:path";
import { readValues } from "../config/notation.js";
import { readText, type Session, writeOwn } from "../session.js";
import type { RebuildReason } from "../types.js";
import type { PackageFacts } from "./changes.js";
import type { SeenFiles } from "./files.js";

/**
 * What everything that is built in an output folder agrees with, but for what is owed: O/ipa-br/built.json. Written before make runs, when
 * what does not agree has been taken away, so that a build that is cut off goes on where it was.
 */
export interface BuiltRecord {
  readonly version: 1;
  /** Buildroot's. */
  readonly buildroot: string;
  /** The text of .config. */
  readonly config: string;
  readonly files: SeenFiles;
  /** undefined where show-info could not tell. */
  readonly packages: Readonly<Record<string, PackageFacts>> | undefined;
  /** What was to be made anew and was not. */
  readonly owed: readonly OwedReason[];
}

export type OwedReason = RebuildReason & {
  /** Milliseconds since the epoch; what was built later is not owed any more. */
  readonly since: number;
};

const pathOf = (session: Session): string => join(session.layout.own, "built.json");

export async function readRecord(session: Session): Promise<BuiltRecord | undefined> {
  const text = await readText(pathOf(session));
  if (text === undefined) return undefined;
  try {
    const record = JSON.parse(text) as BuiltRecord;
    return record.version === 1 && typeof record.config === "string" ? record : undefined;
  } catch {
    return undefined;
  }
}

export async function writeRecord(session: Session, record: BuiltRecord): Promise<void> {
  await writeOwn(session, pathOf(session), `${JSON.stringify(record)}\n`);
}

/**
 * The configuration of the last make, as make notes it when it begins to build; undefined before any. Its values have .config's
 * notation; what is off is not in it.
 */
export async function lastMade(session: Session): Promise<ReadonlyMap<string, string> | undefined> {
  const text = await readText(join(session.layout.build, "buildroot-config", "auto.conf"));
  return text === undefined ? undefined : readValues(text);
}
