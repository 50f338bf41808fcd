import { createHash } from "node:crypto";
import { localFiles, type FileOperations } from "./files.js";

/** A file that is being replaced: where its texts lie while it is. */
export interface JournalEntry {
  /** The file itself, links followed. */
  readonly path: string;
  /** The new text, beside the file. */
  readonly next: string;
  /** The former text, beside the file; undefined if there was no file. */
  readonly former: string | undefined;
  readonly formerSum: string | undefined;
  readonly nextSum: string;
}

export function sumOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

export async function readJournal(files: FileOperations, path: string): Promise<readonly JournalEntry[] | undefined> {
  const text = await files.read(path);
  if (text === undefined) return undefined;
  try {
    const { entries } = JSON.parse(text) as { readonly entries?: readonly JournalEntry[] };
    return Array.isArray(entries) ? entries : [];
  } catch {
    // Cut off while it was written: nothing had been replaced yet.
    return [];
  }
}

export async function writeJournal(
  files: FileOperations,
  path: string,
  entries: readonly JournalEntry[],
): Promise<void> {
  await files.write(`${path}.new`, `${JSON.stringify({ version: 1, entries }, undefined, 2)}\n`, 0o644);
  await files.rename(`${path}.new`, path);
}

/**
 * Brings files back to one of two states, all new or all former, after a replacement was cut off. A file that somebody has
 * changed since stays as it is. Returns what was found: nothing to do, all new, or the former ones put back.
 */
export async function settle(
  journal: string,
  files: FileOperations = localFiles,
): Promise<"nothing" | "finished" | "restored"> {
  const entries = await readJournal(files, journal);
  if (entries === undefined) return "nothing";
  const sums: (string | undefined)[] = [];
  for (const { path } of entries) {
    const text = await files.read(path);
    sums.push(text === undefined ? undefined : sumOf(text));
  }
  const finished = entries.every(({ nextSum }, index) => sums[index] === nextSum);
  if (!finished) {
    for (const [index, { path, former, nextSum }] of entries.entries()) {
      if (sums[index] !== nextSum) continue;
      if (former === undefined) await files.remove(path);
      else await files.rename(former, path);
    }
  }
  for (const { next, former } of entries) {
    await files.remove(next);
    if (former !== undefined) await files.remove(former);
  }
  await files.remove(journal);
  return finished ? "finished" : "restored";
}
