import { join } from "node:path";
import { type DebianHost, localDebianHost } from "../apt/host.js";
import { parseOsRelease } from "../apt/os-release.js";
import { openApt } from "../apt/private-apt.js";
import { sourceEntries } from "../apt/source-entries.js";
import { archiveOfList, SourcesIndexReader, upstreamKey } from "../apt/sources-index.js";
import { BuildrootError } from "../errors.js";
import { localHost } from "../host.js";
import { waitForLock } from "../lock.js";
import type { Environment } from "../types.js";
import type { FileHash } from "./hash.js";
import { fetchAborted } from "./run-tool.js";

/** The source archive of a distribution, whose index lists SHA-256 sums: a file is found there under whatever name. */
export interface SourceArchive {
  /**
   * The addresses of the files with these SHA-256 sums, by sum, as far as the archive has them; and by name those that may be one of
   * `names`, files of which no SHA-256 is known: name and version fit, and only the content can tell.
   */
  find(sums: Iterable<string>, names?: Iterable<string>): Promise<ReadonlyMap<string, readonly string[]>>;
  /** Downloads a file as apt does, with its proxies and credentials, and checks it by SHA-256 or SHA-512. Throws APT_FAILED, ABORTED. */
  download(url: string, path: string, hash: FileHash): Promise<void>;
}

export interface OpenSourceArchiveOptions {
  /** Keeps the lists; made if missing. */
  readonly cacheDir: string;
  readonly env: Environment;
  readonly signal?: AbortSignal;
  /** Default: this machine. */
  readonly host?: DebianHost;
  /** How old the lists may be, milliseconds. Default a day. */
  readonly listsMaxAgeMs?: number;
}

const day = 24 * 60 * 60 * 1000;
/** Later releases have what Buildroot has moved on to; the machine's mirror usually has them all. */
const suites: Readonly<Record<string, readonly string[]>> = {
  debian: ["bookworm", "trixie", "forky", "sid"],
  ubuntu: ["jammy", "noble"],
};

/**
 * Opens the source archive of the machine's own mirrors, with an apt of its own. Throws APT_FAILED where the machine has
 * none (no Debian or Ubuntu, or no mirror that answers), ABORTED.
 */
export async function openSourceArchive(options: OpenSourceArchiveOptions): Promise<SourceArchive> {
  const { env, signal } = options;
  const host = options.host ?? (await localDebianHost());
  const { id, codename, prettyName } = parseOsRelease(host.osRelease);
  const components = id === "ubuntu" ? ["main", "universe"] : ["main"];
  const entries = codename === undefined ? [] : sourceEntries(host.aptEntries, codename, suites[id] ?? [], components);
  if (entries.length === 0) {
    throw new BuildrootError("APT_FAILED", `The apt of ${prettyName} names no archive of source packages.`, {
      hint: "Debian's source archive is left out; files come from the other places.",
      details: { id, codename },
    });
  }
  const folder = join(options.cacheDir, `apt-sources-${id}-${codename}`);
  const apt = await openApt({ folder, entries, architecture: "amd64", env, signal });
  const lock = await waitForLock({
    path: `${folder}.lock`,
    what: `The package lists in ${folder}`,
    command: "update",
    host: localHost(),
    signal,
    aborted: () => fetchAborted(signal, "the package lists"),
  });
  await apt.update(options.listsMaxAgeMs ?? day).finally(() => lock.release());
  return {
    async find(sums, names = []) {
      const found = new Map<string, string[]>();
      const wanted = { sums: new Set(sums), names: keysOf(names) };
      if (wanted.sums.size === 0 && wanted.names.size === 0) return found;
      const readers = new Map<string, SourcesIndexReader>();
      await apt.read(/_Sources/, (text, list) => {
        const root = archiveOfList(list, entries);
        if (root === undefined) return;
        let reader = readers.get(list);
        if (reader === undefined) {
          reader = new SourcesIndexReader(wanted, (file) => {
            const urls = found.get(file.wanted) ?? [];
            if (!urls.includes(`${root}/${file.path}`)) urls.push(`${root}/${file.path}`);
            found.set(file.wanted, urls);
          });
          readers.set(list, reader);
        }
        reader.push(text);
      });
      for (const reader of readers.values()) reader.end();
      return found;
    },
    download: (url, path, { algorithm, value }) =>
      apt.download([{ url, path, hash: `${algorithm.toUpperCase()}:${value}` }]),
  };
}

function keysOf(names: Iterable<string>): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  for (const name of names) {
    const key = upstreamKey(name);
    if (key !== undefined) keys.set(key, name);
  }
  return keys;
}
