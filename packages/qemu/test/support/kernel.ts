import { existsSync } from "node:fs";
import { copyFile, mkdir, readdir, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { cache, fetched, moduleDependencies, openApt } from "./debian.js";

/** A kernel image and the folder of its drivers, or why there is none on this host. */
export type TestKernel = { readonly file: string; readonly modules: string } | { readonly unavailable: string };

/** Debian's kernels: small ones for clouds, and the one for all machines, which has a SATA driver. */
export type KernelFlavour = "cloud-amd64" | "amd64" | "cloud-arm64";

/** Drivers that some test wants, with those they depend on. */
const wanted = [
  ...["virtio_pci", "virtio_mmio", "virtio_net", "virtio_blk", "virtio_scsi", "virtio_console"],
  ...["sd_mod", "sr_mod", "ahci", "nvme", "e1000", "isofs", "efivarfs", "button", "evdev", "tpm_tis", "tpm_crb"],
];

const known = new Map<KernelFlavour, Promise<TestKernel>>();

/** One of Debian's kernels, unpacked from its package and never installed. */
export function testKernel(flavour: KernelFlavour = "cloud-amd64"): Promise<TestKernel> {
  const kernel = known.get(flavour) ?? fetchKernel(flavour);
  known.set(flavour, kernel);
  return kernel;
}

async function fetchKernel(flavour: KernelFlavour): Promise<TestKernel> {
  if (process.arch !== "x64" && !existsSync(join(cache, flavour))) {
    return { unavailable: "Debian's kernel packages are asked for on amd64 only" };
  }
  const kernel = await fetched(flavour, async (folder) => {
    const architecture = flavour.endsWith("arm64") ? "arm64" : "amd64";
    const apt = await openApt(architecture);
    const name = (await apt.depends(`linux-image-${flavour}`, "--important")).find((one) => one.startsWith("linux-"));
    if (name === undefined) throw new Error(`linux-image-${flavour} names no kernel package`);
    const work = join(folder, "package");
    await mkdir(work);
    await apt.unpack([name], work);
    await copyFile(await fileNamed(join(work, "boot"), /^vmlinuz-/), join(folder, "vmlinuz"));
    const files = (await readdir(work, { recursive: true, encoding: "utf8" })).filter((file) => file.endsWith(".ko"));
    const byName = new Map(files.map((file) => [moduleName(file), join(work, file)]));
    for (const file of await closure(wanted, byName)) await copyFile(file, join(folder, basename(file)));
    await rm(work, { recursive: true });
  });
  if ("unavailable" in kernel) return { unavailable: `linux-image-${flavour} is ${kernel.unavailable}` };
  return { file: join(kernel.folder, "vmlinuz"), modules: kernel.folder };
}

/** The files of these drivers and of what they depend on, in the order in which they are to be loaded; built-in ones have none. */
export async function moduleFiles(folder: string, names: readonly string[]): Promise<readonly string[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith(".ko"));
  return closure(names, new Map(files.map((file) => [moduleName(file), join(folder, file)])));
}

async function closure(names: readonly string[], files: ReadonlyMap<string, string>): Promise<readonly string[]> {
  const ordered = new Set<string>();
  const add = async (name: string): Promise<void> => {
    const file = files.get(moduleName(name));
    if (file === undefined || ordered.has(file)) return;
    for (const needed of await moduleDependencies(file)) await add(needed);
    ordered.add(file);
  };
  for (const name of names) await add(name);
  return [...ordered];
}

/** The kernel takes `-` and `_` in a driver's name as the same. */
function moduleName(file: string): string {
  return basename(file, ".ko").replaceAll("-", "_");
}

async function fileNamed(folder: string, pattern: RegExp): Promise<string> {
  const name = (await readdir(folder)).find((entry) => pattern.test(entry));
  if (name === undefined) throw new Error(`the kernel's package holds nothing like ${pattern}`);
  return join(folder, name);
}
