// What a test result depends on beside the sources: the host's tools and the Buildroot checkout.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

function firstLine(file, args) {
  try {
    return execFileSync(file, args, { encoding: "utf8", cwd: root, stdio: ["ignore", "pipe", "ignore"] }).split(
      "\n",
    )[0];
  } catch {
    return "absent";
  }
}

const buildroot = existsSync(`${root}/buildroot/Makefile`)
  ? firstLine("git", ["-C", `${root}/buildroot`, "rev-parse", "HEAD"])
  : "absent";

process.stdout.write(
  [
    process.platform,
    process.arch,
    firstLine("make", ["--version"]),
    firstLine("qemu-system-x86_64", ["--version"]),
    firstLine("qemu-system-aarch64", ["--version"]),
    existsSync("/bin/busybox") ? "busybox" : "no busybox",
    firstLine("python3", ["--version"]),
    existsSync("/dev/kvm") ? "kvm" : "no kvm",
    buildroot,
  ].join("\n"),
);
