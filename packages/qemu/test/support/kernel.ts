import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Under the repository's ignored folder: fetched once, used by every run. */
const cache = fileURLToPath(new URL("../../../../.cache/test-kernel/", import.meta.url));

/** A kernel image, or why there is none on this host. */
export type TestKernel = { readonly file: string } | { readonly unavailable: string };

let known: Promise<TestKernel> | undefined;

/** Debian's cloud kernel, unpacked from its package and never installed. */
export function testKernel(): Promise<TestKernel> {
  known ??= findKernel();
  return known;
}

async function findKernel(): Promise<TestKernel> {
  const cached = await cachedKernel();
  if (cached !== undefined) return { file: cached };
  if (process.arch !== "x64") return { unavailable: "Debian's amd64 kernel package is asked for on amd64 only" };
  try {
    return { file: await fetchKernel() };
  } catch (error) {
    const why = String(error instanceof Error ? error.message : error).split("\n")[0];
    return { unavailable: `no kernel to be had from apt: ${why}` };
  }
}

async function cachedKernel(): Promise<string | undefined> {
  if (!existsSync(cache)) return undefined;
  const name = (await readdir(cache)).find((entry) => entry.startsWith("vmlinuz-"));
  return name === undefined ? undefined : join(cache, name);
}

async function fetchKernel(): Promise<string> {
  const { stdout } = await run("apt-cache", ["depends", "--important", "linux-image-cloud-amd64"]);
  const name = /Depends: (linux-image-\S+)/.exec(stdout)?.[1];
  if (name === undefined) throw new Error("linux-image-cloud-amd64 names no kernel package");
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(join(cache, "download-"));
  try {
    await run("apt-get", ["download", name], { cwd: work });
    await run("sh", ["-c", "dpkg-deb --fsys-tarfile ./*.deb | tar x --wildcards './boot/vmlinuz-*'"], { cwd: work });
    const kernel = (await readdir(join(work, "boot")))[0];
    if (kernel === undefined) throw new Error(`${name} holds no kernel`);
    // A rename, so that test files that run side by side never see half a kernel.
    await rename(join(work, "boot", kernel), join(cache, kernel));
    return join(cache, kernel);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
