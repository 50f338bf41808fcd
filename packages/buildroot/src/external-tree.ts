import { readFile, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { BuildrootError } from "./errors.js";
import { pathProblem } from "./path-rules.js";
import type { ExternalTree } from "./types.js";

/** The name and description in external.desc's text (support/scripts/br2-external). */
export function parseExternalDesc(text: string): { name: string | undefined; description: string | undefined } {
  return {
    name: /^name: +(.*)$/m.exec(text)?.[1]?.trim() || undefined,
    description: /^desc: +(.*)$/m.exec(text)?.[1]?.trim() || undefined,
  };
}

/** Checks external trees as Buildroot would, all before make starts. Throws EXTERNAL_INVALID and EXTERNAL_DUPLICATE. */
export async function checkExternals(paths: readonly string[]): Promise<readonly ExternalTree[]> {
  const trees: ExternalTree[] = [];
  for (const path of paths) {
    const tree = await checkExternal(path);
    const twin = trees.find(({ name }) => name === tree.name);
    if (twin !== undefined) {
      const same = twin.path === tree.path;
      throw new BuildrootError(
        "EXTERNAL_DUPLICATE",
        same
          ? `The external tree ${tree.path} is named twice.`
          : `Two external trees have the name ${tree.name}: ${twin.path} and ${tree.path}.`,
        {
          hint: same ? "Name it once." : `Change the name in one of their external.desc files, or leave one out.`,
          details: { name: tree.name, paths: [twin.path, tree.path] },
        },
      );
    }
    trees.push(tree);
  }
  return trees;
}

async function checkExternal(path: string): Promise<ExternalTree> {
  const canonical = await realpath(path).catch(() => undefined);
  if (canonical === undefined) throw invalid(path, "is not there");
  const problem = pathProblem(path) ?? pathProblem(canonical);
  if (problem !== undefined) throw invalid(canonical, problem);
  const text = await readFile(join(canonical, "external.desc"), "utf8").catch(() => undefined);
  if (text === undefined) throw invalid(canonical, "has no external.desc");
  const { name, description } = parseExternalDesc(text);
  if (name === undefined) throw invalid(canonical, `has an external.desc without a line "name: NAME"`);
  const strange = /[^A-Za-z0-9_]/.exec(name)?.[0];
  if (strange !== undefined) throw invalid(canonical, `has the name "${name}", in which "${strange}" is not allowed`);
  for (const file of ["Config.in", "external.mk"]) {
    const found = await stat(join(canonical, file)).catch(() => undefined);
    if (found?.isFile() !== true) throw invalid(canonical, `has no ${file} (it may be empty)`);
  }
  return { name, description, path: canonical };
}

function invalid(path: string, problem: string): BuildrootError {
  return new BuildrootError("EXTERNAL_INVALID", `${path} is no usable external tree: it ${problem}.`, {
    hint: `An external tree has external.desc (with "name: NAME" and "desc: TEXT"), Config.in and external.mk at its top.`,
    details: { path, problem },
  });
}
