import { rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { ensureFolder } from "../ensure-folder.js";
import { BuildrootError } from "../errors.js";
import { localHost } from "../host.js";
import { waitForLock } from "../lock.js";
import type { BuildHost, BuildrootEvent, Environment } from "../types.js";
import type { SourceArchive } from "./debian-archive.js";
import { fetchFromPlace } from "./fetch-place.js";
import { hashTitle, mismatch, strongHash } from "./hash.js";
import { fetchAborted } from "./run-tool.js";
import { Servers, serverOf } from "./servers.js";
import type { FetchSourcesResult, SourceFile, SourcePlace, SourcePlan, SourceResult } from "./source-types.js";
import { sourcePath, verifySource } from "./verify-sources.js";

export interface FetchSourcesOptions {
  /** For the proxies. */
  readonly env: Environment;
  /** Files at once. Default 4. */
  readonly jobs?: number;
  /** For the places of kind "debian", as apt would fetch them; without it they are plain addresses. */
  readonly archive?: SourceArchive;
  readonly signal?: AbortSignal;
  /** `fetch` events, `what` being the file's name. */
  readonly onEvent?: (event: BuildrootEvent) => void;
  readonly host?: BuildHost;
}

/**
 * Brings every file of a plan into the download folder, several at once, each from the first place that has it with the right
 * hashes. A broken-off download is continued, also by a later call. A file with a wrong hash never gets its name in the
 * download folder, and a wrong one that is there already is replaced only by a right one. One process at a time works in a
 * download folder. Throws FETCH_FAILED if the folder cannot be written, ABORTED.
 */
export async function fetchSources(plan: SourcePlan, options: FetchSourcesOptions): Promise<FetchSourcesResult> {
  const { signal, host = localHost() } = options;
  const aborted = (): BuildrootError => fetchAborted(signal, "the sources");
  if (signal?.aborted === true) throw aborted();
  const started = performance.now();
  const fetching: Fetching = { plan, options, servers: new Servers(), bytes: 0 };
  const files: (SourceResult | undefined)[] = plan.files.map(() => undefined);
  await writable(plan.dlDir);
  const lock = await waitForLock({
    path: join(plan.dlDir, ".ipa-br.lock"),
    what: `The download folder ${plan.dlDir}`,
    command: "sources fetch",
    host,
    signal,
    aborted,
    onWait: () => tell(fetching, "wait", plan.dlDir),
  });
  try {
    let next = 0;
    const worker = async (): Promise<void> => {
      for (let index = next++; index < plan.files.length; index = next++) {
        if (signal?.aborted === true) throw aborted();
        files[index] = await fetchSource(fetching, plan.files[index]!);
      }
    };
    // All of them, so that none still writes when this has thrown.
    const ended = await Promise.allSettled(Array.from({ length: options.jobs ?? 4 }, worker));
    for (const one of ended) if (one.status === "rejected") throw one.reason;
  } finally {
    await lock.release();
  }
  const results = files.filter((file) => file !== undefined);
  const seconds = Math.round(performance.now() - started) / 1000;
  const missing = results.filter(({ outcome }) => outcome === "missing");
  return { files: results, missing, bytes: fetching.bytes, seconds };
}

interface Fetching {
  readonly plan: SourcePlan;
  readonly options: FetchSourcesOptions;
  readonly servers: Servers;
  bytes: number;
}

async function fetchSource(fetching: Fetching, file: SourceFile): Promise<SourceResult> {
  const { plan, options, servers } = fetching;
  const { signal } = options;
  const { state } = await verifySource(plan, file);
  if (state === "good") return { file, outcome: "present", place: undefined, tried: [] };
  const hash = strongHash(file.hashes);
  if (hash === undefined) return { file, outcome: "no-hash", place: undefined, tried: [] };
  const path = sourcePath(plan, file);
  await writable(dirname(path));
  // The hash is part of its name: what is continued is the beginning of this very file.
  const part = join(dirname(path), `.${basename(path)}.${hash.value.slice(0, 12)}.part`);
  const tried: { readonly place: SourcePlace; readonly reason: string }[] = [];
  for (const place of file.places) {
    if (servers.isDead(place)) {
      tried.push({ place, reason: `${serverOf(place)} did not answer before` });
      continue;
    }
    tell(fetching, "start", file.name);
    try {
      const onProgress = (received: number, total: number | undefined): void =>
        tell(fetching, "download", file.name, received, total);
      await fetchFromPlace({ place, hash, part, archive: options.archive, env: options.env, signal, onProgress });
      const wrong = await mismatch(part, file.hashes);
      if (wrong !== undefined) {
        await rm(part, { force: true });
        throw new Error(`its ${hashTitle(wrong.expected.algorithm)} is ${wrong.got}, not ${wrong.expected.value}`);
      }
    } catch (error) {
      if (BuildrootError.is(error) && error.code === "ABORTED") throw fetchAborted(signal, "the sources");
      servers.failed(place, error);
      tried.push({ place, reason: (error as Error).message });
      continue;
    }
    servers.answered(place);
    const { size } = await stat(part);
    fetching.bytes += size;
    await rename(part, path);
    tell(fetching, "done", file.name);
    return { file, outcome: "fetched", place, tried };
  }
  return { file, outcome: "missing", place: undefined, tried };
}

async function writable(folder: string): Promise<void> {
  try {
    await ensureFolder(folder);
  } catch (cause) {
    throw new BuildrootError(
      "FETCH_FAILED",
      `The download folder ${folder} cannot be made: ${(cause as Error).message}`,
      {
        hint: "Choose another one: BR2_DL_DIR, or --dl-dir DIR.",
        details: { folder },
        cause,
      },
    );
  }
}

function tell(
  { options }: Fetching,
  phase: Extract<BuildrootEvent, { type: "fetch" }>["phase"],
  what: string,
  received?: number,
  total?: number,
): void {
  options.onEvent?.({ type: "fetch", phase, what, received, total });
}
