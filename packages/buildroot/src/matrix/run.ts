import type { Buildroot, BuildResult } from "../types.js";
import { checkEntries } from "./check.js";
import type { MatrixEntry } from "./types.js";

export interface RunMatrixOptions {
  readonly entries: readonly MatrixEntry[];
  /** Opens the tree of an entry, with an output folder of its own; downloads and compiler cache are best the same for all. */
  readonly open: (entry: MatrixEntry) => Promise<Buildroot>;
  /** Builds at once. Default 1. */
  readonly atOnce?: number;
  /** Jobs within each build, see `BuildOptions.jobs`. */
  readonly jobs?: number;
  readonly signal?: AbortSignal;
  /** Called when an entry begins and when it has ended. */
  readonly onEntry?: (entry: MatrixEntry, state: "started" | "built" | "failed") => void;
}

/** What became of an entry: one of `result` and `error`. */
export interface MatrixOutcome {
  readonly entry: MatrixEntry;
  readonly result: BuildResult | undefined;
  readonly error: unknown;
}

/**
 * Configures and builds many configurations on this machine, so many at once. One that fails does not end the others; an abort ends all.
 * Throws MATRIX_INVALID.
 */
export async function runMatrix(options: RunMatrixOptions): Promise<readonly MatrixOutcome[]> {
  const { entries, atOnce = 1, onEntry } = options;
  checkEntries(entries);
  const outcomes: MatrixOutcome[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < entries.length; index = next++) {
      const entry = entries[index]!;
      onEntry?.(entry, "started");
      try {
        outcomes[index] = { entry, result: await buildEntry(entry, options), error: undefined };
        onEntry?.(entry, "built");
      } catch (error) {
        outcomes[index] = { entry, result: undefined, error };
        onEntry?.(entry, "failed");
      }
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, atOnce) }, worker));
  return outcomes;
}

async function buildEntry(entry: MatrixEntry, { open, jobs, signal }: RunMatrixOptions): Promise<BuildResult> {
  signal?.throwIfAborted();
  const tree = await open(entry);
  const aborting = signal === undefined ? {} : { signal };
  await tree.configure({
    defconfig: entry.defconfig,
    fragments: entry.fragments ?? [],
    set: entry.set ?? {},
    ...aborting,
  });
  return tree.build({ ...(jobs === undefined ? {} : { jobs }), ...aborting }).result;
}
