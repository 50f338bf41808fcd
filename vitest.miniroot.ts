import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

/** The file of a program on the PATH. */
function find(program: string): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(":").filter((folder) => folder !== "");
  return folders.map((folder) => join(folder, program)).find((file) => existsSync(file));
}

/** Why this machine cannot build and boot examples/miniroot, for a test's skip; undefined if it can. */
export function cannotRunMiniroot(): string | undefined {
  const programs = ["make", "cpio", "xz", "busybox", "apt-cache", "apt-get", "dpkg-deb", "ldd", "qemu-system-x86_64"];
  // `ipa-br build` refuses a host on which Buildroot could not build.
  programs.push("bc", "cmp", "file", "gcc", "patch", "perl", "rsync", "unzip", "wget", "which");
  const missing = programs.filter((program) => find(program) === undefined);
  if (missing.length > 0) return `not on this machine: ${missing.join(", ")}`;
  if (spawnSync("ldd", [find("busybox")!], { stdio: "ignore" }).status === 0)
    return "busybox is not static (apt-get install busybox-static)";
  const kernel = spawnSync("apt-cache", ["show", "linux-image-amd64"], { stdio: "ignore" });
  return kernel.status === 0 ? undefined : "apt knows no linux-image-amd64 (apt-get update)";
}
