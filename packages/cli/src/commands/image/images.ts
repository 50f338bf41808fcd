import { closeSync, existsSync, openSync, readSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { ipaPreset, type PresetArchitecture } from "@ipa-br/preset-ipa";
import type { Accelerator } from "@ipa-br/qemu";
import { CliError } from "../../errors.js";
import type { Io } from "../../io.js";
import type { LocationOptions, Settings } from "../../settings/resolve.js";

/** The options that say which images. */
export type ImageOptions = LocationOptions & {
  readonly images?: string;
  readonly kernel?: string;
  readonly initrd?: string;
};

/** The options that say in what machine. */
export type MachineOptions = ImageOptions & {
  /** MiB. */
  readonly memory?: number;
  readonly cpus?: number;
  readonly nic?: string;
  readonly append?: string;
  readonly uefi?: boolean;
  readonly accel?: Accelerator | "auto";
};

/** Kernel and initramfs, absolute paths of files that exist. */
export interface Images {
  readonly folder: string;
  /** What the kernel is for. */
  readonly arch: PresetArchitecture;
  readonly kernel: string;
  readonly initramfs: string;
}

/**
 * The images that the options name: kernel and initramfs one by one, or their folder, else that of the output folder.
 * @throws CliError IMAGES_MISSING
 */
export function locateImages(io: Io, settings: Settings, options: ImageOptions): Images {
  const folder = options.images === undefined ? join(settings.output, "images") : resolve(io.cwd, options.images);
  const kernel = options.kernel === undefined ? kernelIn(folder) : resolve(io.cwd, options.kernel);
  const initramfs = options.initrd === undefined ? initramfsIn(folder) : resolve(io.cwd, options.initrd);
  const missing = [kernel, initramfs].filter((file) => !existsSync(file));
  if (missing.length > 0) {
    throw new CliError("IMAGES_MISSING", `there is no image to boot: ${missing.join(" and ")} not found`, {
      hint: "ipa-br build, or name a folder of images with --images DIR",
      details: { missing },
    });
  }
  return { folder, arch: architectureOf(kernel), kernel, initramfs };
}

/** The kernel in a folder, of whatever architecture; a PC's where there is none. */
export function kernelIn(folder: string): string {
  const files = Object.values(ipaPreset.machines).map(({ kernel }) => join(folder, kernel));
  return files.find((file) => existsSync(file)) ?? join(folder, ipaPreset.images.kernel);
}

/** Where 64-bit Arm's header has its magic number (Documentation/arch/arm64/booting.rst), and the number. */
const armMagic = { offset: 56, text: "ARM\x64" };

/** The architecture that a kernel is for, by its first bytes; gzip as a whole packs only an Arm kernel. */
function architectureOf(kernel: string): PresetArchitecture {
  const head = Buffer.alloc(64);
  const file = openSync(kernel, "r");
  try {
    readSync(file, head, 0, head.length, 0);
  } finally {
    closeSync(file);
  }
  const arm = head.toString("latin1", armMagic.offset, armMagic.offset + 4) === armMagic.text;
  return arm || head.readUInt16BE(0) === 0x1f8b ? "aarch64" : "x86_64";
}

/** The preset's initramfs, else the same packed otherwise. */
export function initramfsIn(folder: string): string {
  const wanted = join(folder, ipaPreset.images.initramfs);
  const plain = wanted.replace(/\.xz$/, "");
  const others = ["", ".gz", ".zst", ".lz4"].map((suffix) => `${plain}${suffix}`);
  return [wanted, ...others].find((file) => existsSync(file)) ?? wanted;
}

/** True for a folder that is there. */
export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
