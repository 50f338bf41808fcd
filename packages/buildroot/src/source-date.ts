import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Environment } from "./types.js";

/**
 * The time that a reproducible build gives to its files, seconds since the epoch: SOURCE_DATE_EPOCH of the environment, else the release's own
 * (BR2_VERSION_EPOCH in Buildroot's Makefile). Buildroot by itself asks git first, so that a clone and a tarball of one release differ.
 */
export async function sourceDateEpoch(buildroot: string, env: Environment): Promise<number> {
  const named = env["SOURCE_DATE_EPOCH"];
  if (named !== undefined && /^\d+$/.test(named)) return Number(named);
  const makefile = await readFile(join(buildroot, "Makefile"), "utf8").catch(() => "");
  return Number(/^(?:export\s+)?BR2_VERSION_EPOCH\s*:?=\s*(\d+)\s*$/m.exec(makefile)?.[1] ?? 0);
}
