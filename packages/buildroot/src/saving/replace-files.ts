import { createHash } from "node:crypto";
import { basename, dirname, join } from "node:path";
import { type FileOperations, localFiles } from "./files.js";
import { type JournalEntry, settle, sumOf, writeJournal } from "./journal.js";

/** A file and the text that it is to have. */
export interface Replacement {
  readonly path: string;
  readonly text: string;
}

export interface ReplaceOptions {
  /** Notes what is under way; lies where `settle` looks for it. */
  readonly journal: string;
  /** Keeps copies of what is replaced, one per file; made if needed. */
  readonly backup: string;
  readonly files?: FileOperations;
}

/**
 * Replaces files: all of them or none. Everything that needs room or permission comes first, the new and the former text
 * written beside each file; what is left are renames. If one of them fails the others are taken back; if the process ends
 * in between, `settle` takes them back. Returns where the former text of each file was kept. Throws what the file system throws.
 */
export async function replaceFiles(
  replacements: readonly Replacement[],
  { journal, backup, files = localFiles }: ReplaceOptions,
): Promise<readonly (string | undefined)[]> {
  const entries: JournalEntry[] = [];
  const texts: { readonly former: string | undefined; readonly mode: number }[] = [];
  const tag = createHash("sha256").update(journal).digest("hex").slice(0, 8);
  for (const { path, text } of replacements) {
    const found = await files.follow(path);
    const target = found?.path ?? path;
    const former = found === undefined ? undefined : await files.read(target);
    const beside = join(dirname(target), `.${basename(target)}.${tag}`);
    entries.push({
      path: target,
      next: `${beside}.new`,
      former: former === undefined ? undefined : `${beside}.old`,
      formerSum: former === undefined ? undefined : sumOf(former),
      nextSum: sumOf(text),
    });
    texts.push({ former, mode: found?.mode ?? 0o644 });
  }
  const backups = await keepBackups(entries, texts, backup, files);
  await writeJournal(files, journal, entries);
  try {
    for (const [index, { next, former }] of entries.entries()) {
      const { former: text, mode } = texts[index]!;
      await files.write(next, replacements[index]!.text, mode);
      if (former !== undefined) await files.write(former, text!, mode);
    }
    for (const { next, path } of entries) await files.rename(next, path);
  } catch (error) {
    await settle(journal, files);
    throw error;
  }
  // All is in place; what cannot be cleaned up now is cleaned up by the next operation.
  await settle(journal, files).catch(() => undefined);
  return backups;
}

async function keepBackups(
  entries: readonly JournalEntry[],
  texts: readonly { readonly former: string | undefined; readonly mode: number }[],
  folder: string,
  files: FileOperations,
): Promise<(string | undefined)[]> {
  const kept: (string | undefined)[] = [];
  if (texts.some(({ former }) => former !== undefined)) await files.makeFolder(folder);
  for (const [index, { path }] of entries.entries()) {
    const { former, mode } = texts[index]!;
    // Two of them may have one name.
    const taken = kept.some((one) => one !== undefined && basename(one) === basename(path));
    const copy = former === undefined ? undefined : join(folder, `${taken ? `${index}-` : ""}${basename(path)}`);
    if (copy !== undefined) await files.write(copy, former!, mode);
    kept.push(copy);
  }
  return kept;
}
