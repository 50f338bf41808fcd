import { readFile } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import type { ExternalTree } from "../types.js";

export type SymbolType = "bool" | "tristate" | "string" | "int" | "hex";

/** Where the types of symbols come from: for each name that any Config.in declares, its type. */
export type SymbolTypes = (names: ReadonlySet<string>) => Promise<ReadonlyMap<string, SymbolType>>;

/** Looks symbols up in the Config.in files of Buildroot and of its external trees. */
export function symbolTypesOf(buildroot: string, externals: readonly ExternalTree[]): SymbolTypes {
  return async (names) => {
    const types = new Map<string, SymbolType>();
    const seen = new Set<string>();
    let queue = [join(buildroot, "Config.in"), ...externals.flatMap(({ path }) => externalFiles(path))];
    while (queue.length > 0 && types.size < names.size) {
      const batch = queue.filter((path) => !seen.has(path)).slice(0, 64);
      for (const path of batch) seen.add(path);
      queue = queue.filter((path) => !seen.has(path));
      const texts = await Promise.all(batch.map((path) => readFile(path, "utf8").catch(() => "")));
      for (const text of texts) {
        const { declared, sourced } = scanConfigIn(text);
        for (const [name, type] of declared) if (names.has(name) && !types.has(name)) types.set(name, type);
        for (const path of sourced) queue.push(...resolveSource(path, buildroot, externals));
      }
    }
    return types;
  };
}

/** What support/scripts/br2-external makes Buildroot source of an external tree. */
function externalFiles(tree: string): string[] {
  const provided = ["toolchains", "jpeg", "openssl", "skeleton", "init"].map((name) => `provides/${name}.in`);
  return ["Config.in", "linux/Config.ext.in", ...provided].map((path) => join(tree, path));
}

function resolveSource(path: string, buildroot: string, externals: readonly ExternalTree[]): string[] {
  // What lies in the output folder only leads to the external trees, which are read anyway.
  if (/^\$(?:\(BASE_DIR\)|\{BASE_DIR\}|BASE_DIR\b)/.test(path)) return [];
  const expanded = path.replaceAll(/\$[({]?BR2_EXTERNAL_(\w+?)_PATH[)}]?/g, (all, name: string) => {
    return externals.find((tree) => tree.name === name)?.path ?? all;
  });
  if (expanded.includes("$")) return [];
  return [isAbsolute(expanded) ? expanded : join(buildroot, expanded)];
}

/** The symbols with their types and the sourced files of one Config.in; texts of `help` are skipped. */
export function scanConfigIn(text: string): {
  readonly declared: readonly (readonly [string, SymbolType])[];
  readonly sourced: readonly string[];
} {
  const declared: (readonly [string, SymbolType])[] = [];
  const sourced: string[] = [];
  let name: string | undefined;
  let help: "no" | "begins" | number = "no";
  for (const line of text.split("\n")) {
    if (help !== "no") {
      if (line.trim() === "") continue;
      const indent = indentation(line);
      if (help === "begins" && indent > 0) help = indent;
      if (help !== "begins" && indent >= help) continue;
      help = "no";
    }
    const entry = /^\s*(?:menu)?config\s+(\w+)/.exec(line)?.[1];
    const type = /^\s+(?:def_)?(bool|tristate|string|int|hex)(?:ean)?\b/.exec(line)?.[1];
    const source = /^\s*[or]*source\s+"?([^"\s]+)"?/.exec(line)?.[1];
    if (entry !== undefined) name = entry;
    else if (type !== undefined && name !== undefined) declared.push([name, type as SymbolType]);
    else if (source !== undefined) sourced.push(source);
    else if (/^\s*(?:---)?help(?:---)?\s*$/.test(line)) help = "begins";
    else if (/^\s*(?:choice|endchoice|menu|endmenu|comment|if|endif)\b/.test(line)) name = undefined;
  }
  return { declared, sourced };
}

function indentation(line: string): number {
  let width = 0;
  for (const character of line) {
    if (character === " ") width++;
    else if (character === "\t") width = width - (width % 8) + 8;
    else break;
  }
  return width;
}
