import { normalizeName } from "./requirement.js";
import type { ImageRootfs } from "../../image/files.js";

/** An installed distribution of Python. */
export interface Distribution {
  /** Normalized. */
  readonly name: string;
  /** As it calls itself. */
  readonly title: string;
  readonly version: string;
  /** The folder that it is installed in. */
  readonly site: string;
  /** What it requires, as it says it. */
  readonly requires: readonly string[];
  /** Names of its entry points, by group. */
  readonly entryPoints: ReadonlyMap<string, readonly string[]>;
  /** Names that can be imported, as far as it says. */
  readonly modules: readonly string[];
}

const metadata = /^(.*\/(?:site|dist)-packages)\/([^/]+\.(?:dist|egg)-info)\/(?:METADATA|PKG-INFO)$/;
const details =
  /\/(?:site|dist)-packages\/[^/]+\.(?:dist|egg)-info\/(?:METADATA|PKG-INFO|RECORD|top_level\.txt|entry_points\.txt)$/;

/** True for the files that `distributionsOf` reads. */
export function isDistributionFile(path: string): boolean {
  return details.test(path);
}

/** The distributions that the image's Python folders have. What is vendored within another is none. */
export function distributionsOf({ contents }: ImageRootfs): readonly Distribution[] {
  const text = (path: string) => contents.get(path)?.toString("utf8") ?? "";
  return [...contents.keys()].flatMap((path) => {
    const [, site, info] = metadata.exec(path) ?? [];
    if (site === undefined || info === undefined) return [];
    const headers = headersOf(text(path));
    const title = headers.find(([name]) => name === "name")?.[1] ?? info.replace(/-.*$/, "");
    const topLevel = text(`${site}/${info}/top_level.txt`)
      .split(/\s+/)
      .filter((name) => name !== "");
    const modules = topLevel.length > 0 ? topLevel : recorded(text(`${site}/${info}/RECORD`));
    return {
      ...{ name: normalizeName(title), title, site, modules },
      version: headers.find(([name]) => name === "version")?.[1] ?? "",
      requires: headers.filter(([name]) => name === "requires-dist").map(([, value]) => value),
      entryPoints: entryPointsOf(text(`${site}/${info}/entry_points.txt`)),
    };
  });
}

/** The headers of a METADATA file, names in lower case; its body is the description. */
function headersOf(text: string): readonly (readonly [name: string, value: string])[] {
  const [head = ""] = text.split(/\r?\n\r?\n/, 1);
  return head.split(/\r?\n(?![ \t])/).flatMap((line) => {
    const colon = line.indexOf(":");
    return colon === -1 ? [] : [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()] as const];
  });
}

/** The first parts of the recorded paths, but for the distribution's own folder and what lies elsewhere. */
function recorded(text: string): readonly string[] {
  const names = new Set<string>();
  for (const line of text.split("\n")) {
    const [path = ""] = line.split(",", 1);
    const [first = "", second] = path.split("/");
    if (second === undefined && !/\.(?:py|so)$/.test(first)) continue;
    const name = second === undefined ? (first.split(".")[0] ?? "") : first;
    if (/^[A-Za-z_]\w*$/.test(name) && name !== "__pycache__") names.add(name);
  }
  return [...names];
}

/** Sections of `name = module:function` lines. */
function entryPointsOf(text: string): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  let group: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    const section = /^\s*\[([^\]]+)\]\s*$/.exec(line)?.[1];
    if (section !== undefined) groups.set(section.trim(), (group = []));
    const name = section === undefined ? /^\s*([^#;=][^=]*?)\s*=/.exec(line)?.[1] : undefined;
    if (name !== undefined) group.push(name);
  }
  return groups;
}
