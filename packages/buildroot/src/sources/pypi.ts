import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Environment } from "../types.js";
import type { SourceFile } from "./source-types.js";

const standardIndex = "https://pypi.org/simple";

/**
 * The page of a Python source distribution's project in a simple index; undefined for a file that PyPI cannot have. `asked` is true for a
 * Python package that upstream hosts elsewhere: PyPI may have the very same file, whose SHA-256 tells (meson).
 */
export function projectPage(
  index: string,
  file: Pick<SourceFile, "name" | "places">,
  asked: boolean,
): string | undefined {
  const python = file.places.some(({ url }) =>
    /^https?:\/\/(?:files\.pythonhosted\.org|(?:\w+\.)?pypi\.(?:python\.)?(?:org|io))\//.test(url),
  );
  const project = /^(.+?)-v?\d[^-]*\.(?:tar\.\w+|tgz|zip)$/i.exec(file.name)?.[1];
  // Of files that are not PyPI's own only the form that it takes for source distributions (PEP 625).
  const sdist = asked && file.name.endsWith(".tar.gz");
  if (!(python || sdist) || project === undefined) return undefined;
  // PEP 503: a project's name in an index.
  return `${index.replace(/\/+$/, "")}/${project.toLowerCase().replaceAll(/[-_.]+/g, "-")}/`;
}

/** The address of the file with that SHA-256 on a project's page, in JSON (PEP 691) or HTML (PEP 503). */
export function findOnPage(page: string, url: string, sha256: string): string | undefined {
  return page.trimStart().startsWith("{") ? findInJson(page, url, sha256) : findInHtml(page, url, sha256);
}

function findInJson(page: string, url: string, sha256: string): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(page);
  } catch {
    return undefined;
  }
  const { files } = value as { files?: readonly { url?: unknown; hashes?: { sha256?: unknown } }[] };
  const found = Array.isArray(files) ? files.find(({ hashes }) => hashes?.sha256 === sha256) : undefined;
  return typeof found?.url === "string" ? new URL(found.url, url).href : undefined;
}

function findInHtml(page: string, url: string, sha256: string): string | undefined {
  for (const [, href] of page.matchAll(/<a\b[^>]*\bhref\s*=\s*"([^"]*)"/gi)) {
    const found = new URL(href!.replaceAll("&amp;", "&"), url);
    if (found.hash !== `#sha256=${sha256}`) continue;
    found.hash = "";
    return found.href;
  }
  return undefined;
}

/** The index that the user's pip is configured for: PIP_INDEX_URL, else pip's configuration files, else PyPI itself. */
export async function pythonIndex(env: Environment): Promise<string> {
  const named = env["PIP_INDEX_URL"];
  if (named !== undefined && named !== "") return named;
  const home = env["HOME"] ?? "/nonexistent";
  const files = [
    env["PIP_CONFIG_FILE"],
    join(env["XDG_CONFIG_HOME"] || join(home, ".config"), "pip/pip.conf"),
    join(home, ".pip/pip.conf"),
    "/etc/pip.conf",
  ];
  for (const file of files) {
    if (file === undefined || file === "") continue;
    const index = indexOf(await readFile(file, "utf8").catch(() => ""));
    if (index !== undefined) return index;
  }
  return standardIndex;
}

/** `index-url` of the section `[global]` of a pip.conf. */
export function indexOf(text: string): string | undefined {
  let section = "";
  for (const line of text.split("\n")) {
    section = /^\[(.+)\]\s*$/.exec(line)?.[1] ?? section;
    const value = /^index[-_]url\s*[=:]\s*(\S+)/.exec(line)?.[1];
    if (section === "global" && value !== undefined) return value;
  }
  return undefined;
}
