import { open, rm, stat } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { BuildrootError } from "../errors.js";
import type { Response } from "undici";
import { digestOf, type FileHash, hashTitle } from "./hash.js";
import { httpRequest, reasonOf, withoutCredentials } from "./http.js";
import type { Environment } from "../types.js";
import { otherWays } from "./release.js";
import { fetchAborted } from "./run-tool.js";

export interface Download {
  readonly url: string;
  readonly hash: FileHash;
  /** Where the file grows; what an earlier attempt left there is continued. */
  readonly path: string;
  /** For the proxies. */
  readonly env: Environment;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: (received: number, total: number | undefined) => void;
}

/** Attempts in a row that bring nothing. */
const fruitless = 3;
/** A connection that says nothing for so long is given up, milliseconds. */
const stallMs = 60_000;

/**
 * Downloads a file and checks its hash; a broken-off download goes on where it stopped, also in a later call. A file with
 * a wrong sum is removed. Throws FETCH_FAILED, FETCH_MISMATCH, ABORTED.
 */
export async function download(file: Download): Promise<void> {
  const continued = await sizeOf(file.path);
  await complete(file);
  const { algorithm, value } = file.hash;
  let sum = await digestOf(file.path, algorithm);
  if (sum !== value && continued > 0) {
    // What lay there may have been the beginning of some other file.
    await rm(file.path, { force: true });
    await complete(file);
    sum = await digestOf(file.path, algorithm);
  }
  if (sum === value) return;
  await rm(file.path, { force: true });
  throw new BuildrootError(
    "FETCH_MISMATCH",
    `${withoutCredentials(file.url)} has the ${hashTitle(algorithm)} ${sum}, not the one it is pinned to.`,
    {
      hint: `It has to be ${value}. The file was removed; another mirror may have the right one.`,
      details: { url: withoutCredentials(file.url), expected: value, got: sum },
    },
  );
}

async function complete(file: Download): Promise<void> {
  for (let failures = 0; ;) {
    const before = await sizeOf(file.path);
    try {
      await attempt(file, before);
      return;
    } catch (error) {
      if (file.signal?.aborted === true) throw fetchAborted(file.signal);
      if (BuildrootError.is(error)) throw error;
      failures = (await sizeOf(file.path)) > before ? 0 : failures + 1;
      if (failures >= fruitless) throw failed(file, reasonOf(error), error);
      await delay(failures * 500);
    }
  }
}

async function attempt(file: Download, offset: number): Promise<void> {
  const stalled = new AbortController();
  const timer = setTimeout(() => stalled.abort(new Error("the server stopped sending")), stallMs);
  const signals = [stalled.signal, ...(file.signal === undefined ? [] : [file.signal])];
  try {
    const response = await httpRequest({
      url: file.url,
      env: file.env,
      signal: AbortSignal.any(signals),
      headers: { "accept-encoding": "identity", ...(offset > 0 ? { range: `bytes=${offset}-` } : {}) },
    });
    if (response.status === 416) {
      // Nothing is left to be sent, or what lies there is longer than the file: the sum will tell.
      await response.body?.cancel();
      return;
    }
    const append = response.status === 206 && rangeStart(response) === offset;
    if (response.status === 206 && !append) throw new Error("the server sent another part than was asked for");
    if (response.status >= 500) throw new Error(`the server answered ${response.status}`);
    if (!response.ok || response.body === null) throw failed(file, `the server answered ${response.status}`);
    const length = Number(response.headers.get("content-length") ?? Number.NaN);
    let received = append ? offset : 0;
    const total = Number.isFinite(length) ? received + length : undefined;
    const target = await open(file.path, append ? "a" : "w");
    try {
      // Each piece is on disk before the next is asked for: what came before a break-off is not lost.
      for await (const chunk of response.body) {
        await target.writeFile(chunk);
        received += chunk.length;
        timer.refresh();
        file.onProgress(received, total);
      }
    } finally {
      await target.close();
    }
    if (total !== undefined && received < total) throw new Error("the connection broke off");
  } finally {
    clearTimeout(timer);
  }
}

function rangeStart(response: Response): number {
  return Number(/^bytes (\d+)-/.exec(response.headers.get("content-range") ?? "")?.[1] ?? Number.NaN);
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.size ?? 0;
}

function failed(file: Download, reason: string, cause?: unknown): BuildrootError {
  const url = withoutCredentials(file.url);
  return new BuildrootError("FETCH_FAILED", `${url} cannot be downloaded: ${reason}.`, {
    hint: otherWays,
    details: { url, reason },
    cause,
  });
}
