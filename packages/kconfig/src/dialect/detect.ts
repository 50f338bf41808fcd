import type { KconfigHost } from "../base/host.js";
import type { Dialect } from "./dialect.js";
import { dialects } from "./dialects.js";

/**
 * The dialect that a tree speaks, told by where it keeps its own tool and by the version in its Makefile; `undefined` for
 * a folder that looks like none of the trees that are known here. The host has to be able to list folders.
 */
export function detectDialect(folder: string, host: KconfigHost): Dialect | undefined {
  const has = (path: string): boolean => host.list?.(`${folder}/${path}`) !== undefined;
  if (has("support/kconfig")) return dialects.buildroot;
  if (has("util/kconfig")) return dialects.coreboot;
  if (host.readFile(`${folder}/Kconfig.zephyr`) !== undefined) return dialects.zephyr;
  const makefile = has("scripts/kconfig") ? host.readFile(`${folder}/Makefile`) : undefined;
  if (makefile === undefined) return undefined;
  const part = (name: string): number => Number(new RegExp(`^${name} = (\\d+)`, "m").exec(makefile)?.[1] ?? 0);
  const [version, patchLevel] = [part("VERSION"), part("PATCHLEVEL")];
  // U-Boot counts in years, BusyBox has been at 1 since long.
  if (version > 2000) return dialects["u-boot"];
  if (version < 2) return dialects.busybox;
  const before = (major: number, minor: number): boolean =>
    version < major || (version === major && patchLevel < minor);
  if (before(6, 11)) return dialects["linux-6.1"];
  if (before(6, 18)) return dialects["linux-6.12"];
  if (before(7, 0)) return dialects["linux-6.18"];
  return before(7, 3) ? dialects["linux-7.2"] : dialects.linux;
}
