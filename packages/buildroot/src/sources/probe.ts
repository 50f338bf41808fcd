import { stat } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { BuildrootError } from "../errors.js";
import type { Environment } from "../types.js";
import { lookUp } from "./fetch-place.js";
import { type FileHash, hashTitle, mismatch, strongHash } from "./hash.js";
import { httpRequest, reasonOf, withoutCredentials } from "./http.js";
import { fetchAborted } from "./run-tool.js";
import { Servers, serverOf } from "./servers.js";
import type { SourceFile, SourcePlace, SourcePlan } from "./source-types.js";
import { verifySource } from "./verify-sources.js";

export interface ProbeOptions {
  /** For the proxies. */
  readonly env: Environment;
  /** Files at once. Default 8. */
  readonly jobs?: number;
  readonly signal?: AbortSignal;
}

/** present: in the download folder, and right. reachable: a place answers for it. nowhere: none does. make: only make can fetch or judge it. */
export type Reachability = "present" | "reachable" | "nowhere" | "make";

export interface ProbedSource {
  readonly file: SourceFile;
  readonly state: Reachability;
  /** The first place that answers for it. */
  readonly place: SourcePlace | undefined;
  readonly tried: readonly { readonly place: SourcePlace; readonly reason: string }[];
}

/** How long a server may take to say whether it has a file, milliseconds. */
const answerMs = 20_000;

/**
 * Asks for each file of a plan whether it is there or any place has it, without fetching it. Local files are compared by hash,
 * an index of packages is asked by hash; of other servers only that they answer for the address is known. Throws ABORTED.
 */
export async function probeSources(plan: SourcePlan, options: ProbeOptions): Promise<readonly ProbedSource[]> {
  const servers = new Servers();
  const probed: ProbedSource[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < plan.files.length; index = next++) {
      if (options.signal?.aborted === true) throw fetchAborted(options.signal, "the sources");
      probed[index] = await probeSource(plan, plan.files[index]!, servers, options);
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: options.jobs ?? 8 }, worker));
  for (const one of ended) if (one.status === "rejected") throw one.reason;
  return probed;
}

async function probeSource(
  plan: SourcePlan,
  file: SourceFile,
  servers: Servers,
  options: ProbeOptions,
): Promise<ProbedSource> {
  const { state } = await verifySource(plan, file);
  if (state === "good") return { file, state: "present", place: undefined, tried: [] };
  const hash = strongHash(file.hashes);
  if (hash === undefined) return { file, state: "make", place: undefined, tried: [] };
  const tried: { readonly place: SourcePlace; readonly reason: string }[] = [];
  for (const place of file.places) {
    if (servers.isDead(place)) {
      tried.push({ place, reason: `${serverOf(place)} did not answer before` });
      continue;
    }
    try {
      await probePlace(place, hash, options);
      servers.answered(place);
      return { file, state: "reachable", place, tried };
    } catch (error) {
      if (options.signal?.aborted === true) throw fetchAborted(options.signal, "the sources");
      servers.failed(place, error);
      tried.push({ place, reason: (error as Error).message });
    }
  }
  return { file, state: file.methods.length > 0 ? "make" : "nowhere", place: undefined, tried };
}

async function probePlace(place: SourcePlace, hash: FileHash, { env, signal }: ProbeOptions): Promise<void> {
  if (place.url.startsWith("file:")) return probeLocal(place.url, hash);
  if (place.kind === "pypi") {
    await lookUp(place.url, hash.value, { env, signal });
    return;
  }
  let status = await ask(place.url, "HEAD", { env, signal });
  // Some servers know no HEAD.
  if ([403, 405, 501].includes(status)) status = await ask(place.url, "GET", { env, signal });
  if (status >= 400) throw failed(place.url, `the server answered ${status}`);
}

async function ask(
  url: string,
  method: "HEAD" | "GET",
  { env, signal }: Pick<ProbeOptions, "env"> & { readonly signal: AbortSignal | undefined },
): Promise<number> {
  const timeout = AbortSignal.timeout(answerMs);
  try {
    const response = await httpRequest({
      url,
      method,
      env,
      signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
      headers: method === "GET" ? { range: "bytes=0-0" } : {},
    });
    await response.body?.cancel();
    return response.status;
  } catch (error) {
    throw failed(url, reasonOf(error), error);
  }
}

async function probeLocal(url: string, hash: FileHash): Promise<void> {
  const path = fileURLToPath(url);
  if ((await stat(path).catch(() => undefined))?.isFile() !== true) throw failed(url, "it is not there");
  const wrong = await mismatch(path, [hash]);
  if (wrong !== undefined) throw failed(url, `it has the ${hashTitle(hash.algorithm)} ${wrong.got}`);
}

function failed(url: string, reason: string, cause?: unknown): BuildrootError {
  const shown = withoutCredentials(url);
  return new BuildrootError("FETCH_FAILED", `${shown}: ${reason}.`, {
    hint: "The next place is asked.",
    details: { url: shown, reason },
    cause,
  });
}
