import type { Resolution } from "../types.js";
import { renderConfigIn, renderMenu } from "./config-in.js";
import { renderHash, renderMakefile } from "./makefile.js";

/** The generated files of the external tree by path, "package/python-pint/python-pint.mk". */
export function renderPackages(resolution: Resolution, release: string): ReadonlyMap<string, string> {
  const files = new Map([["package/Config.in", renderMenu(resolution.packages, release)]]);
  for (const item of resolution.packages) {
    const folder = `package/${item.package}`;
    files.set(`${folder}/Config.in`, renderConfigIn(item));
    files.set(`${folder}/${item.package}.hash`, renderHash(item));
    files.set(`${folder}/${item.package}.mk`, renderMakefile(item));
  }
  return files;
}
