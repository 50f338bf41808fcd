import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** The file of a program on PATH, in /sbin or /usr/sbin; undefined where there is none. */
export function findProgram(name: string): string | undefined {
  return [...(process.env.PATH ?? "").split(":"), "/sbin", "/usr/sbin"]
    .map((folder) => `${folder}/${name}`)
    .find((file) => existsSync(file));
}

/** Why no image can be built here, or undefined. */
export function cannotBuild(): string | undefined {
  if (!existsSync("/bin/busybox")) return "/bin/busybox is missing (apt-get install busybox-static)";
  for (const program of ["cpio", "xz", "dpkg-deb", "ldd"])
    if (findProgram(program) === undefined) return `${program} is missing`;
  return undefined;
}

/** Why no real kernel can be had here, or undefined. */
export function noKernel(): string | undefined {
  const aptCache = findProgram("apt-cache");
  if (aptCache === undefined) return "apt is missing: no kernel to be had";
  const found = spawnSync(aptCache, ["show", "linux-image-amd64"], { stdio: "ignore" });
  return found.status === 0 ? undefined : "apt knows no linux-image-amd64 (apt-get update)";
}

/** Why nothing can be booted here, or undefined. */
export function noQemu(): string | undefined {
  return findProgram("qemu-system-x86_64") === undefined
    ? "qemu-system-x86_64 is missing (apt-get install qemu-system-x86)"
    : undefined;
}
