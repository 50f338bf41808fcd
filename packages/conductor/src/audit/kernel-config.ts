import { readFile } from "node:fs/promises";
import { ConductorError } from "../errors.js";
import { embeddedConfig } from "../image/kernel-config.js";
import { finding } from "./finding.js";
import { isKernelConfig } from "./read-image.js";
import type { AuditFinding } from "./types.js";
import type { ImageRootfs } from "../image/files.js";
import type { ReadOptions } from "../image/archives.js";

/** Where a kernel's options may be read. */
export interface KernelSources {
  /** The kernel image: what it carries (CONFIG_IKCONFIG) is read. */
  readonly kernel?: string;
  /** A .config of the kernel; it wins over what the kernel carries. */
  readonly kernelConfig?: string;
}

/** A kernel's options, where they were read, and why not. */
export interface KernelConfig {
  readonly text: string | undefined;
  readonly place: string | undefined;
  readonly findings: readonly AuditFinding[];
}

/**
 * The kernel's .config: the one that is named, else the one that the kernel carries, else one in the image. A kernel that
 * cannot be unpacked is a finding, no error.
 * Errors: `IMAGE_UNREADABLE`, `ABORTED`.
 */
export async function kernelConfigOf(rootfs: ImageRootfs, options: KernelSources & ReadOptions): Promise<KernelConfig> {
  const { kernel, kernelConfig } = options;
  if (kernelConfig !== undefined) return { text: await textOf(kernelConfig), place: kernelConfig, findings: [] };
  const findings: AuditFinding[] = [];
  try {
    const text = kernel === undefined ? undefined : await embeddedConfig(kernel, options);
    if (text !== undefined) return { text, place: kernel, findings };
  } catch (error) {
    if (!ConductorError.is(error) || !/^(?:IMAGE_INVALID|IMAGE_UNSUPPORTED|DECOMPRESSOR_MISSING)$/.test(error.code)) {
      throw error;
    }
    findings.push(
      finding("kernel", "unknown", "the kernel", `cannot be unpacked: ${error.message}`, { note: error.hint }),
    );
  }
  const inside = [...rootfs.contents].find(([path]) => isKernelConfig(path));
  if (inside === undefined) return { text: undefined, place: undefined, findings };
  return { text: inside[1].toString("latin1"), place: `/${inside[0]} of the image`, findings };
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, "latin1");
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new ConductorError("IMAGE_UNREADABLE", `${path} cannot be read: ${code ?? message}.`, {
      hint: "Name the kernel's .config, or leave it out.",
      details: { path },
      cause,
    });
  }
}
