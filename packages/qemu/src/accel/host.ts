import { constants } from "node:fs";
import { access, readFile } from "node:fs/promises";
import { arch, platform, release } from "node:os";

/** What the verdict about KVM depends on beside QEMU. */
export interface AccelerationHost {
  readonly platform: string;
  /** Node's name of the host's processor: `x64`, `arm64`. */
  readonly arch: string;
  readonly kernelRelease: string;
  /** Changes with each boot of the host; undefined where there is none. */
  readonly bootId: string | undefined;
  readonly cpuModel: string;
  /** Why /dev/kvm cannot be opened, in one sentence; undefined if it can. */
  readonly kvmRefusal: string | undefined;
}

/** Looks at this host. */
export async function readHost(): Promise<AccelerationHost> {
  const cpuInfo = await readFile("/proc/cpuinfo", "utf8").catch(() => "");
  return {
    platform: platform(),
    arch: arch(),
    kernelRelease: release(),
    bootId: (await readFile("/proc/sys/kernel/random/boot_id", "utf8").catch(() => undefined))?.trim(),
    cpuModel: cpuModel(cpuInfo),
    kvmRefusal: await kvmRefusal(),
  };
}

/** The first processor's lines that tell its kind, without those that change while it runs. */
function cpuModel(cpuInfo: string): string {
  const first = cpuInfo.split("\n\n")[0] ?? "";
  return first
    .split("\n")
    .filter((line) => !/^(processor|cpu MHz|apicid|initial apicid|core id|bogomips|BogoMIPS)\s*:/.test(line))
    .map((line) => line.replaceAll(/\s+/g, " "))
    .join("\n");
}

async function kvmRefusal(): Promise<string | undefined> {
  try {
    await access("/dev/kvm", constants.R_OK | constants.W_OK);
    return undefined;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT") return "this host has no /dev/kvm";
    if (code === "EACCES") return "/dev/kvm is there but this user may not open it (the group kvm may)";
    return `/dev/kvm cannot be opened (${code})`;
  }
}
