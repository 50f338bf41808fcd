import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { normalizeName } from "./standards/requirement.js";
import type { BuildrootPythonPackage } from "./types.js";

/** Python packages of a Buildroot tree by project name: "python-typing-extensions" is of "typing-extensions". */
export async function readBuildrootPackages(buildroot: string): Promise<ReadonlyMap<string, BuildrootPythonPackage>> {
  const folder = join(buildroot, "package");
  const names = (await readdir(folder)).filter((name) => name.startsWith("python-")).sort();
  const found = new Map<string, BuildrootPythonPackage>();
  for (const name of names) {
    const makefile = await readFile(join(folder, name, `${name}.mk`), "utf8").catch(() => "");
    const config = await readFile(join(folder, name, "Config.in"), "utf8").catch(() => "");
    const read = readPackage(name, makefile, config);
    if (read !== undefined) for (const project of projectsOf(name, makefile)) found.set(project, read);
  }
  return found;
}

/** One package from its makefile and its Config.in; undefined where it is no Python package with a version. */
export function readPackage(name: string, makefile: string, config: string): BuildrootPythonPackage | undefined {
  const prefix = name.toUpperCase().replaceAll("-", "_");
  const version = new RegExp(`^${prefix}_VERSION\\s*=\\s*(\\S+)$`, "m").exec(makefile)?.[1];
  if (version === undefined) return undefined;
  return {
    package: name,
    version,
    target: /\$\(eval \$\(python-package\)\)/.test(makefile),
    host: /\$\(eval \$\(host-python-package\)\)/.test(makefile),
    dependsOn: conditions(config, `BR2_PACKAGE_${prefix}`),
  };
}

/**
 * The project names that a package may be of: its folder's name without "python-", and the one of its source file, which
 * is the folder's whole name where the makefile names none ("python-dateutil-2.9.0.tar.gz").
 */
function projectsOf(name: string, makefile: string): ReadonlySet<string> {
  const source = /_SOURCE(?:_PYPI)?\s*=\s*([A-Za-z0-9._-]+?)-\$\(/.exec(makefile)?.[1] ?? name;
  return new Set([name.replace(/^python-/, ""), source].map(normalizeName));
}

/** The conditions of a symbol in a Config.in of its own. */
function conditions(config: string, symbol: string): readonly string[] {
  const start = config.search(new RegExp(`^config ${symbol}$`, "m"));
  if (start === -1) return [];
  const [, ...lines] = config.slice(start).split("\n");
  const end = lines.findIndex((line) => /^\S/.test(line) && !line.startsWith("#"));
  return lines
    .slice(0, end === -1 ? lines.length : end)
    .map((line) => /^\s+depends on\s+(.+?)(?:\s*#.*)?$/.exec(line)?.[1])
    .filter((condition) => condition !== undefined);
}
