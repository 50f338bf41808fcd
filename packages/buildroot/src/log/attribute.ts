import type { Step } from "../types.js";
import type { Verdict } from "./patterns.js";

/** The last step that a package told of. */
export interface StepTurn {
  /** Counts the steps of a log. */
  readonly turn: number;
  readonly step: Step;
}

export interface Suspect {
  readonly turn: number;
  readonly verdict: Verdict;
  readonly text: string;
  readonly offset: number;
}

/** A recipe that failed, in whatever make. */
export interface MakeFailure {
  readonly level: number;
  readonly target: string | undefined;
  readonly turn: number;
  readonly offset: number;
}

/** So far before make's own report a line still belongs to it, where nothing else tells. */
const nearBytes = 4096;

/**
 * Whether lines of other packages may stand between those of the step `own`: others began a step since, or were in the middle of
 * one. (Downloading, extracting and patching come before a package's dependencies also where nothing runs in parallel.)
 */
export function isInterleaved(turns: readonly StepTurn[], own: StepTurn | undefined): boolean {
  if (own === undefined) return turns.length > 0;
  return turns.some(
    ({ turn, step }) =>
      step.package !== own.step.package && (turn > own.turn || step.step === "Configuring" || step.step === "Building"),
  );
}

/**
 * The suspects of one package among those of several that ran at the same time, the likely ones: a line that names the package's
 * build folder is its own and one that names another's is not; a line about the file whose recipe failed in the chain of makes
 * that ends at the package's stamp is its own; else those just before that chain.
 */
export function attribute(
  suspects: readonly Suspect[],
  failures: readonly MakeFailure[],
  failed: { readonly directory: string; readonly failure: MakeFailure },
): readonly Suspect[] {
  const before = suspects.filter(
    ({ offset, text }) => offset < failed.failure.offset && !namesOther(text, failed.directory),
  );
  const named = before.filter(({ text }) => text.includes(`/${failed.directory}/`));
  if (named.some(({ verdict }) => verdict.strong)) return strongFirst(named);
  const chain = chainOf(failures, failed.failure);
  const deepest = chain.at(-1) ?? failed.failure;
  const stems = new Set(chain.map(({ target }) => stemOf(target ?? "")).filter((stem) => stem !== ""));
  const about = before.filter(({ text }) => stemsIn(text).some((stem) => stems.has(stem)));
  if (about.length > 0) return strongFirst(about);
  const earlier = before.filter(({ offset }) => offset < deepest.offset);
  const near = earlier.filter(({ offset }) => offset > deepest.offset - nearBytes);
  const cluster = lastCluster(near.some(({ verdict }) => verdict.strong) ? near : earlier);
  return strongFirst(cluster);
}

function strongFirst(suspects: readonly Suspect[]): readonly Suspect[] {
  const first = suspects.findIndex(({ verdict }) => verdict.strong);
  return suspects.slice(Math.max(first, 0));
}

function namesOther(text: string, directory: string): boolean {
  const folders = [...text.matchAll(/\/build\/([^/\s:'"]+)\//g)].map((match) => match[1]);
  return folders.length > 0 && !folders.includes(directory);
}

/** The failing recipes that led to this one: each one make deeper, the nearest before. */
function chainOf(failures: readonly MakeFailure[], last: MakeFailure): readonly MakeFailure[] {
  const chain: MakeFailure[] = [];
  let { level, offset } = last;
  for (const failure of failures.toReversed()) {
    if (failure.offset >= offset || failure.level <= level) continue;
    if (failure.level > level + 1 && chain.length > 0) continue;
    chain.push(failure);
    ({ level, offset } = failure);
  }
  return chain;
}

/** `src/foo.c.o` and `foo.c` have the stem `foo`. */
function stemOf(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return /^(?:all|install|.*-recursive|[Mm]akefile)$/.test(name) ? "" : name.replace(/(?:\.(?:[a-z+]{1,4}|in))+$/i, "");
}

function stemsIn(text: string): readonly string[] {
  return [...text.matchAll(/([\w./+-]+\.[a-zA-Z+]{1,4})\b/g)].map((match) => stemOf(match[1]!));
}

/** The last of them that stand together. */
function lastCluster(suspects: readonly Suspect[]): readonly Suspect[] {
  let start = suspects.length - 1;
  while (start > 0 && suspects[start]!.offset - suspects[start - 1]!.offset < 600) start--;
  return suspects.slice(Math.max(start, 0));
}
