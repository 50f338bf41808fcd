// What a test result depends on beside the sources: the host's tools, its rights, and the Buildroot checkout.
import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import { programs } from "./lib/host-packages.mjs";
import { root } from "./lib/run.mjs";

const others = ["as", "dpkg-deb", "ldd", "script", "sudo", "udevadm"];

/** A program's file, size and time tell a version from the next without running it. */
function identity(program) {
  for (const folder of isAbsolute(program) ? ["/"] : (process.env.PATH ?? "").split(delimiter)) {
    const file = join(folder, program);
    if (folder === "" || !existsSync(file)) continue;
    const { size, mtimeMs } = statSync(file);
    return `${program} ${realpathSync(file)} ${size} ${Math.floor(mtimeMs)}`;
  }
  return `${program} absent`;
}

function kvm() {
  try {
    accessSync("/dev/kvm", constants.R_OK | constants.W_OK);
    return "kvm";
  } catch {
    return "no kvm";
  }
}

function output(file, args) {
  const { status, stdout } = spawnSync(file, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  return status === 0 ? stdout.trim() : "absent";
}

/** The tree's version, its commit where git knows it, and whether it was touched. */
function buildroot() {
  const folder = join(root, "buildroot");
  const makefile = join(folder, "Makefile");
  if (!existsSync(makefile)) return "no buildroot";
  const version = /^export BR2_VERSION := (.*)$/m.exec(readFileSync(makefile, "utf8"))?.[1];
  const commit = existsSync(join(folder, ".git"))
    ? output("git", ["-C", folder, "describe", "--always", "--dirty"])
    : "";
  return `buildroot ${version} ${commit}`;
}

process.stdout.write(
  [
    `${process.platform} ${process.arch} uid ${process.getuid?.()}`,
    ...[...Object.keys(programs), ...others].map(identity),
    kvm(),
    output("apt-cache", ["policy", "linux-image-amd64"]).split("\n")[2] ?? "",
    buildroot(),
  ].join("\n"),
);
