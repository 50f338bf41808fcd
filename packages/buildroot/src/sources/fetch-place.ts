import { constants } from "node:fs";
import { copyFile, rm, stat } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { BuildrootError } from "../errors.js";
import type { Environment } from "../types.js";
import type { SourceArchive } from "./debian-archive.js";
import { download } from "./download.js";
import { type FileHash, hashTitle, mismatch } from "./hash.js";
import { besides, httpRequest, reasonOf, withoutCredentials } from "./http.js";
import { findOnPage } from "./pypi.js";
import { fetchAborted } from "./run-tool.js";
import type { SourcePlace } from "./source-types.js";

export interface PlaceFetch {
  readonly place: SourcePlace;
  readonly hash: FileHash;
  /** Where the file grows; what is there when this returns has the hash. */
  readonly part: string;
  readonly archive: SourceArchive | undefined;
  /** For the proxies. */
  readonly env: Environment;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: (received: number, total: number | undefined) => void;
}

/** How long a page of an index may take, milliseconds. */
const pageMs = 30_000;

/** Brings a file from one place and checks it. Throws FETCH_FAILED, FETCH_MISMATCH, APT_FAILED, ABORTED. */
export async function fetchFromPlace(fetch: PlaceFetch): Promise<void> {
  const { place, hash, part, archive, env, signal, onProgress } = fetch;
  if (place.url.startsWith("file:")) return copyFrom(fetch);
  if (place.kind === "debian" && archive !== undefined) {
    // Beside the part that other places continue: apt has its own way to resume.
    const own = `${part}.apt`;
    try {
      await archive.download(place.url, own, hash);
      return await copyFrom({ ...fetch, place: { ...place, url: pathToFileURL(own).href } });
    } finally {
      // What has another hash it keeps under that name.
      for (const path of [own, `${own}.FAILED`]) await rm(path, { force: true });
    }
  }
  const url = place.kind === "pypi" ? await lookUp(place.url, hash.value, { env, signal }) : place.url;
  await download({ url, hash, path: part, env, signal, onProgress });
}

async function copyFrom({ place, hash, part }: PlaceFetch): Promise<void> {
  const path = fileURLToPath(place.url);
  if ((await stat(path).catch(() => undefined))?.isFile() !== true) throw failed(place.url, "it is not there");
  const wrong = await mismatch(path, [hash]);
  if (wrong !== undefined) {
    throw new BuildrootError("FETCH_MISMATCH", `${path} has the ${hashTitle(hash.algorithm)} ${wrong.got}.`, {
      hint: `It has to be ${hash.value}. The file is left as it is.`,
      details: { path, expected: hash.value, got: wrong.got },
    });
  }
  await rm(part, { force: true });
  await copyFile(path, part, constants.COPYFILE_FICLONE);
  if ((await mismatch(part, [hash])) !== undefined) {
    await rm(part, { force: true });
    throw failed(place.url, "it changed while it was copied");
  }
}

/** The address of the file with that SHA-256 in a simple index of Python packages. Throws FETCH_FAILED, ABORTED. */
export async function lookUp(
  page: string,
  sha256: string,
  { env, signal }: Pick<PlaceFetch, "env" | "signal">,
): Promise<string> {
  const timeout = AbortSignal.timeout(pageMs);
  let found: string | undefined;
  try {
    const response = await httpRequest({
      url: page,
      env,
      signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
      headers: { accept: "application/vnd.pypi.simple.v1+json, text/html;q=0.5" },
    });
    const text = await response.text();
    if (!response.ok) throw failed(page, `the server answered ${response.status}`);
    found = findOnPage(text, response.url || page, sha256);
  } catch (error) {
    if (signal?.aborted === true) throw fetchAborted(signal, "the sources");
    if (BuildrootError.is(error)) throw error;
    throw failed(page, reasonOf(error), error);
  }
  if (found === undefined) throw failed(page, "no file there has that SHA-256");
  return besides(page, found);
}

function failed(address: string, reason: string, cause?: unknown): BuildrootError {
  const url = withoutCredentials(address);
  return new BuildrootError("FETCH_FAILED", `${url}: ${reason}.`, {
    hint: "The next place is tried.",
    details: { url, reason },
    cause,
  });
}
