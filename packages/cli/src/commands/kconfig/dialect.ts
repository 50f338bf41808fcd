import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Dialect, dialects, findDialect } from "@ipa-br/kconfig";

/**
 * The dialect of that name, else the one that the tree in `folder` speaks by its looks; Linux 6.12 where it has none.
 * @throws KconfigError UNKNOWN_DIALECT
 */
export function chooseDialect(folder: string, name: string | undefined): Dialect {
  if (name !== undefined) return findDialect(name);
  const has = (path: string): boolean => existsSync(join(folder, path));
  if (has("support/kconfig")) return dialects.buildroot;
  if (has("util/kconfig")) return dialects.coreboot;
  if (!has("scripts/kconfig") || !has("Makefile")) return dialects["linux-6.12"];
  const makefile = readFileSync(join(folder, "Makefile"), "utf8");
  const part = (variable: string): number => Number(new RegExp(`^${variable} = (\\d+)`, "m").exec(makefile)?.[1] ?? 0);
  const [version, patchLevel] = [part("VERSION"), part("PATCHLEVEL")];
  if (version > 2000) return dialects["u-boot"];
  if (version < 2) return dialects.busybox;
  if (version < 6 || (version === 6 && patchLevel < 11)) return dialects["linux-6.1"];
  return version > 6 || patchLevel >= 18 ? dialects.linux : dialects["linux-6.12"];
}
