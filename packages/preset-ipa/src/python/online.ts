import { createHash } from "node:crypto";
import { PresetError } from "../errors.js";
import { indexAccept, publicSite, sourceDistributions, versionOfFile } from "./index-page.js";
import { parseConstraints } from "./standards/constraints.js";
import { linuxEnvironment } from "./standards/marker.js";
import { satisfies } from "./standards/version.js";
import type { ProjectFacts, ProjectSource, ReleaseConstraints } from "./types.js";

/** The part of the Fetch standard that is used here; Node's own `fetch` is one. */
export type Fetch = (
  url: string,
  options: { readonly headers?: Readonly<Record<string, string>>; readonly signal?: AbortSignal },
) => Promise<{
  readonly ok: boolean;
  readonly status: number;
  readonly url: string;
  arrayBuffer(): Promise<ArrayBuffer>;
}>;

/** Where an update asks. */
export interface OnlineOptions {
  readonly fetch: Fetch;
  /** Address of a simple index, "https://pypi.org/simple". */
  readonly index: string;
  /** "2026.1". */
  readonly release: string;
  /** The upper-constraints: an address, or text that has been read from a file. */
  readonly constraints: { readonly url: string } | { readonly text: string; readonly path: string };
  /** For the markers of the constraints; the default is Python 3.14, Buildroot 2026.02's. */
  readonly python?: string;
  readonly signal?: AbortSignal;
}

/** The address of a release's upper-constraints. Source: the requirements page of docs.openstack.org's contributor guide. */
export function constraintsUrl(release: string): string {
  return `https://releases.openstack.org/constraints/upper/${encodeURIComponent(release)}`;
}

/**
 * An index as the source of a resolution. Every source distribution is downloaded, checked against the index' SHA-256
 * and read.
 *
 * @throws PresetError FETCH_FAILED, HASH_MISMATCH, PROJECT_MISSING
 */
export function onlineSource(options: OnlineOptions): ProjectSource {
  return {
    constraints: () => readConstraints(options),
    project: (name, version) => readProject(options, name, version),
  };
}

async function get(options: OnlineOptions, url: string, accept?: string): Promise<{ url: string; bytes: Uint8Array }> {
  const failed = (what: string, cause?: unknown): PresetError =>
    new PresetError("FETCH_FAILED", `${url}: ${what}`, {
      hint: "check the network, --index and --constraints; --recorded needs no network",
      details: { url },
      ...(cause === undefined ? {} : { cause }),
    });
  try {
    const answer = await options.fetch(url, {
      ...(accept === undefined ? {} : { headers: { accept } }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
    if (!answer.ok) throw failed(`HTTP ${answer.status}`);
    return { url: answer.url || url, bytes: new Uint8Array(await answer.arrayBuffer()) };
  } catch (error) {
    if (PresetError.is(error)) throw error;
    throw failed(error instanceof Error ? error.message : String(error), error);
  }
}

function digest(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

async function readConstraints(options: OnlineOptions): Promise<ReleaseConstraints> {
  const { constraints, release } = options;
  const bytes =
    "text" in constraints ? new TextEncoder().encode(constraints.text) : (await get(options, constraints.url)).bytes;
  const versions = parseConstraints(
    new TextDecoder().decode(bytes),
    linuxEnvironment(options.python ?? "3.14.0", "x86_64"),
  );
  if (versions.size === 0) {
    throw new PresetError(
      "FETCH_FAILED",
      `${"text" in constraints ? constraints.path : constraints.url} pins no version`,
      {
        hint: "it takes the upper-constraints.txt of an OpenStack release",
      },
    );
  }
  return {
    release,
    source: "text" in constraints ? constraintsUrl(release) : constraints.url,
    sha256: digest(bytes),
    versions: Object.fromEntries(versions),
  };
}

async function readProject(options: OnlineOptions, name: string, version: string): Promise<ProjectFacts> {
  const page = await get(options, `${options.index.replace(/\/+$/, "")}/${name}/`, indexAccept);
  const files = sourceDistributions(new TextDecoder().decode(page.bytes), page.url);
  const found = files.find(({ file }) => satisfies(versionOfFile(file) ?? "", `==${version}`));
  if (found === undefined) {
    throw new PresetError("PROJECT_MISSING", `${page.url} offers no source distribution of ${name} ${version}`, {
      hint: "name another version, or an index that has it: --index",
      details: { project: name, version },
    });
  }
  const { bytes } = await get(options, found.url);
  const sha256 = digest(bytes);
  if (sha256 !== found.sha256) {
    throw new PresetError("HASH_MISMATCH", `${found.url} has the SHA-256 ${sha256}; the index says ${found.sha256}`, {
      hint: "the mirror serves another file than it lists: use another index",
      details: { url: found.url, sha256, expected: found.sha256 },
    });
  }
  const site = publicSite(found.url, name);
  // With it comes a parser that no other use of this package needs.
  const { readSourceDistribution } = await import("./sdist/facts.js");
  return readSourceDistribution(bytes, { name, version: versionOfFile(found.file)!, file: found.file, site, sha256 });
}
