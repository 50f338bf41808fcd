// Installs the distribution's packages that the main job and the tests need, with the user's consent.
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import { createInterface } from "node:readline/promises";
import { fail, run } from "./run.mjs";

/** Debian's package for each program, or file by absolute path, that the main job and the tests ask for. */
export const programs = {
  "qemu-system-x86_64": "qemu-system-x86",
  busybox: "busybox-static",
  cpio: "cpio",
  xz: "xz-utils",
  make: "make",
  gcc: "gcc",
  "g++": "g++",
  git: "git",
  bc: "bc",
  bzip2: "bzip2",
  file: "file",
  patch: "patch",
  perl: "perl",
  ps: "procps",
  rsync: "rsync",
  unzip: "unzip",
  wget: "wget",
  // the conductor's tests against the real agent
  ip: "iproute2",
  lshw: "lshw",
  python3: "python3-venv",
  "qemu-img": "qemu-utils",
  // qemu's tests: other machines, firmware, a TPM, media
  "qemu-system-aarch64": "qemu-system-arm",
  swtpm: "swtpm",
  xorriso: "xorriso",
  "mkfs.fat": "dosfstools",
  mcopy: "mtools",
  "grub-mkrescue": "grub-common",
  "/usr/lib/grub/i386-pc/modinfo.sh": "grub-pc-bin",
  "/usr/lib/grub/x86_64-efi/modinfo.sh": "grub-efi-amd64-bin",
  "/usr/share/OVMF/OVMF_CODE.fd": "ovmf",
  "/usr/share/AAVMF/AAVMF_CODE.fd": "qemu-efi-aarch64",
  // kconfig's tests: C's tools and the trees that they read
  bison: "bison",
  flex: "flex",
  "kconfig-conf": "kconfig-frontends",
  "/usr/src/linux-source-6.1.tar.xz": "linux-source-6.1",
  "/usr/src/linux-source-6.12.tar.xz": "linux-source-6.12",
  // the conductor's tests of packed images
  lz4: "lz4",
  zstd: "zstd",
  // the external tree's tests: Buildroot's check-package, and its scripts
  shellcheck: "shellcheck",
  flake8: "flake8",
  "/usr/lib/python3/dist-packages/magic/__init__.py": "python3-magic",
  // the pages
  chromium: "chromium",
  ccache: "ccache",
};

/** Debian's package busybox needs the C library; an image needs busybox-static's. */
function isStatic(program) {
  return spawnSync("ldd", [program], { stdio: "ignore" }).status !== 0;
}

/** Whether the program is on the PATH, or the file there. */
function present(program) {
  if (isAbsolute(program)) return existsSync(program);
  // sbin too: Debian keeps it off an ordinary user's PATH
  return [...(process.env.PATH ?? "").split(delimiter), "/bin", "/sbin", "/usr/sbin"].some((folder) => {
    const file = join(folder, program);
    return folder !== "" && existsSync(file) && statSync(file).isFile() && (program !== "busybox" || isStatic(file));
  });
}

async function consents(command) {
  if (process.argv.includes("--yes") || process.env.CI === "true") return true;
  if (!process.stdin.isTTY || !process.stdout.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`Run \`${command}\`? [Y/n] `);
  terminal.close();
  return /^(y(es)?)?$/i.test(answer.trim());
}

/**
 * Makes the given programs available.
 * @param {{ programs?: string[], required: boolean }} options `required` ends the script where something stays missing
 * @returns {Promise<string[]>} the Debian packages that are still missing
 */
export async function ensureHostPackages({ programs: wanted = Object.keys(programs), required }) {
  const packages = [...new Set(wanted.filter((program) => !present(program)).map((program) => programs[program]))];
  if (packages.length === 0) return [];

  const sudo = process.getuid?.() === 0 ? [] : ["sudo"];
  const install = [...sudo, "apt-get", "install", "--yes", "--no-install-recommends", ...packages];
  const missing = `missing on this machine: ${packages.join(", ")} (Debian's names)`;
  const refuse = (hint) => {
    if (required) fail(missing, hint);
    process.stdout.write(`${missing}\n  the tests that need them are skipped by name; to install: ${hint}\n`);
    return packages;
  };

  if (!present("apt-get")) return refuse("your distribution's package manager, then the same command again");
  if (sudo.length > 0 && !present("sudo")) return refuse(`as root: ${install.slice(1).join(" ")}`);
  process.stdout.write(`${missing}\n`);
  if (!(await consents(install.join(" "))))
    return refuse(`${install.join(" ")}   (or this command again with -- --yes)`);

  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const [first, ...rest] = [...sudo, "apt-get", "update", "--quiet=2"];
  await run(first, rest, { env });
  const command = [...install.slice(1, -packages.length), "--quiet=2"];
  const code = await run(install[0], [...command, ...packages], { env });
  if (code === 0) return [];
  if (required) fail(`apt-get install ended with exit code ${code}`, install.join(" "));
  // another distribution may lack one of them: that one must not cost the others
  const absent = [];
  for (const name of packages) if ((await run(install[0], [...command, name], { env })) !== 0) absent.push(name);
  return absent;
}
