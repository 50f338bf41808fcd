import { readFile } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import type { ExternalTree } from "../types.js";

export type SymbolType = "bool" | "tristate" | "string" | "int" | "hex";

export interface SymbolFacts {
  readonly type: SymbolType;
  /** Equal for the symbols of one choice; undefined outside of any. */
  readonly choice: string | undefined;
}

/** Where facts about symbols come from: for each name that any Config.in declares. */
export type SymbolLookup = (names: ReadonlySet<string>) => Promise<ReadonlyMap<string, SymbolFacts>>;

interface ConfigIn {
  readonly path: string;
  /** The choice in which it is sourced. */
  readonly choice: string | undefined;
}

/** Looks symbols up in the Config.in files of Buildroot and of its external trees. */
export function symbolLookup(buildroot: string, externals: readonly ExternalTree[]): SymbolLookup {
  return async (names) => {
    const facts = new Map<string, SymbolFacts>();
    const seen = new Set<string>();
    const starts = [join(buildroot, "Config.in"), ...externals.flatMap(({ path }) => externalFiles(path))];
    let queue: ConfigIn[] = starts.map((path) => ({ path, choice: undefined }));
    while (queue.length > 0 && facts.size < names.size) {
      const batch = queue.slice(0, 64).filter(({ path }) => !seen.has(path));
      queue = queue.slice(64);
      for (const { path } of batch) seen.add(path);
      const texts = await Promise.all(batch.map(({ path }) => readFile(path, "utf8").catch(() => "")));
      for (const [index, text] of texts.entries()) {
        const { declared, sourced } = scanConfigIn(text, batch[index]!);
        for (const { name, type, choice } of declared)
          if (names.has(name) && !facts.has(name)) facts.set(name, { type, choice });
        for (const { path, choice } of sourced)
          for (const file of resolveSource(path, buildroot, externals)) queue.push({ path: file, choice });
      }
    }
    return facts;
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
export function scanConfigIn(
  text: string,
  file: ConfigIn,
): {
  readonly declared: readonly (SymbolFacts & { readonly name: string })[];
  readonly sourced: readonly ConfigIn[];
} {
  const declared: (SymbolFacts & { readonly name: string })[] = [];
  const sourced: ConfigIn[] = [];
  const choices: (string | undefined)[] = [file.choice];
  let name: string | undefined;
  let help: "no" | "begins" | number = "no";
  for (const [index, line] of text.split("\n").entries()) {
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
    else if (type !== undefined && name !== undefined)
      declared.push({ name, type: type as SymbolType, choice: choices.at(-1) });
    else if (source !== undefined) sourced.push({ path: source, choice: choices.at(-1) });
    else if (/^\s*(?:---)?help(?:---)?\s*$/.test(line)) help = "begins";
    else if (/^\s*(?:choice|endchoice|menu|endmenu|comment|if|endif)\b/.test(line)) name = undefined;
    if (help !== "no") continue;
    if (/^\s*choice\b/.test(line)) choices.push(`${file.path}:${index + 1}`);
    else if (/^\s*endchoice\b/.test(line) && choices.length > 1) choices.pop();
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
