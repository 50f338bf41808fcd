import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Under the repository's ignored folder: fetched once, used by every run. */
const cache = fileURLToPath(new URL("../../../../.cache/test-kernel/", import.meta.url));

/** A kernel image and the folder of its drivers, or why there is none on this host. */
export type TestKernel = { readonly file: string; readonly modules: string } | { readonly unavailable: string };

/** The drivers for a network card and a disk of virtio's, in the order in which they are to be loaded. */
export const virtioModules: readonly string[] = [
  ...["virtio_ring", "virtio", "virtio_pci_legacy_dev", "virtio_pci_modern_dev", "virtio_pci", "virtio_mmio"],
  ...["failover", "net_failover", "virtio_net", "virtio_blk"],
].map((name) => `${name}.ko`);

let known: Promise<TestKernel> | undefined;

/** Debian's cloud kernel, unpacked from its package and never installed. */
export function testKernel(): Promise<TestKernel> {
  known ??= findKernel();
  return known;
}

async function findKernel(): Promise<TestKernel> {
  const cached = await cachedKernel();
  if (cached !== undefined) return cached;
  if (process.arch !== "x64") return { unavailable: "Debian's amd64 kernel package is asked for on amd64 only" };
  try {
    return await fetchKernel();
  } catch (error) {
    const why = String(error instanceof Error ? error.message : error).split("\n")[0];
    return { unavailable: `no kernel to be had from apt: ${why}` };
  }
}

async function cachedKernel(): Promise<TestKernel | undefined> {
  if (!existsSync(cache)) return undefined;
  const name = (await readdir(cache)).find((entry) => entry.startsWith("linux-"));
  if (name === undefined) return undefined;
  return { file: join(cache, name, "vmlinuz"), modules: join(cache, name) };
}

async function fetchKernel(): Promise<TestKernel> {
  const { stdout } = await run("apt-cache", ["depends", "--important", "linux-image-cloud-amd64"]);
  const name = /Depends: (linux-image-\S+)/.exec(stdout)?.[1];
  if (name === undefined) throw new Error("linux-image-cloud-amd64 names no kernel package");
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(join(cache, "download-"));
  try {
    await run("apt-get", ["download", name], { cwd: work });
    await run("sh", ["-c", "dpkg-deb --fsys-tarfile ./*.deb | tar x ./boot ./lib/modules"], { cwd: work });
    const kernel = await fileNamed(join(work, "boot"), /^vmlinuz-/);
    await mkdir(join(work, "done"));
    await rename(kernel, join(work, "done", "vmlinuz"));
    for (const module of virtioModules) {
      const found = await fileNamed(join(work, "lib"), new RegExp(`(^|/)${module.replace(".", "\\.")}$`));
      await rename(found, join(work, "done", module));
    }
    // One rename of the whole, so that test files that run side by side never see half a kernel.
    const folder = join(cache, name.replace("linux-image", "linux"));
    await rename(join(work, "done"), folder).catch((error: NodeJS.ErrnoException) => {
      if (!existsSync(folder)) throw error;
    });
    return { file: join(folder, "vmlinuz"), modules: folder };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function fileNamed(folder: string, pattern: RegExp): Promise<string> {
  const name = (await readdir(folder, { recursive: true, encoding: "utf8" })).find((entry) => pattern.test(entry));
  if (name === undefined) throw new Error(`the kernel's package holds nothing like ${pattern}`);
  return join(folder, name);
}
