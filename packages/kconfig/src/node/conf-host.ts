import { statSync } from "node:fs";
import type { KconfigHost } from "../base/host.js";
import { KconfigError } from "../errors.js";
import { bytesOf, toBytes } from "./bytes.js";
import { digestOf, fingerprint, nodeHost, type NodeHostOptions, readNames, readText } from "./host.js";
import { isSpecial } from "./special-file.js";

/**
 * The file system as `conf` sees it from its working folder. Texts, and the names in paths, are bytes. A `root` that is
 * a pipe gives its text but once: it is read here, and no tree that is kept is compared with it.
 */
export function confHost(
  root: string,
  shell: NonNullable<NodeHostOptions["shell"]> & { readonly cwd: string },
): KconfigHost {
  const host = nodeHost({ encoding: "latin1", shell });
  // As the system looks it up: what `..` behind a link means is the link's business.
  const cwd = toBytes(shell.cwd);
  const placeOf = (path: string): string | Buffer => {
    const whole = path.startsWith("/") ? path : `${cwd}/${path}`;
    return /[^\0-\x7f]/.test(whole) ? bytesOf(whole) : whole;
  };
  const { fingerprint: _, ...lasting } = host;
  const inFolder: KconfigHost = {
    ...lasting,
    readFile: (path) => whereReadable(() => readText(placeOf(path), "latin1")),
    list: (folder) => readNames(placeOf(folder), "latin1"),
  };
  if (!isPipe(placeOf(root))) {
    return {
      ...inFolder,
      fingerprint: (paths, texts) => `latin1 ${texts ? digestOf(texts, "latin1") : fingerprint(paths.map(placeOf))}`,
    };
  }
  const text = inFolder.readFile(root);
  return { ...inFolder, readFile: (path) => (path === root ? text : inFolder.readFile(path)) };
}

function isPipe(path: string | Buffer): boolean {
  try {
    return isSpecial(statSync(path));
  } catch {
    return false;
  }
}

/** What cannot be opened is not there, as for C. */
function whereReadable(read: () => string | undefined): string | undefined {
  try {
    return read();
  } catch (error) {
    if (KconfigError.is(error) && closed.has(String(error.details["errno"]))) return undefined;
    throw error;
  }
}

const closed: ReadonlySet<string> = new Set(["EACCES", "EPERM", "ENAMETOOLONG", "ENXIO"]);
