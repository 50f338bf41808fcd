import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it, type TestContext } from "vitest";
import { findUefi, type Machine } from "../src/index.js";
import { searchPath } from "../src/host/search-path.js";
import { env } from "./support/env.js";
import { linuxMachine, patience, started, temporaryFolder } from "./support/guest.js";

const run = promisify(execFile);
const slow = { timeout: 500_000 };

/** What grub-mkrescue needs for an image that both kinds of firmware start. */
const needed = {
  "grub-mkrescue": "grub-common",
  xorriso: "xorriso",
  mformat: "mtools",
  "/usr/lib/grub/i386-pc/modinfo.sh": "grub-pc-bin",
  "/usr/lib/grub/x86_64-efi/modinfo.sh": "grub-efi-amd64-bin",
};

/** A machine that has nothing but a CD-ROM with a boot loader, a kernel and an initramfs. */
async function mediaMachine(context: TestContext): Promise<Machine> {
  for (const [file, name] of Object.entries(needed)) {
    const there = file.startsWith("/") ? existsSync(file) : (await searchPath(file, env)) !== undefined;
    context.skip(!there, `no ${file} (Debian's package ${name})`);
  }
  const drivers = ["ahci", "sr_mod", "isofs"];
  const { kernel = "", initrd = "", append } = await linuxMachine(context, { kernel: "amd64", drivers });
  const folder = await temporaryFolder();
  const tree = join(folder, "tree");
  await mkdir(join(tree, "boot/grub"), { recursive: true });
  await copyFile(kernel, join(tree, "boot/vmlinuz"));
  await copyFile(initrd, join(tree, "boot/initrd"));
  const lines = [
    "serial --unit=0 --speed=115200",
    "terminal_output serial",
    `linux /boot/vmlinuz ${append} loglevel=4`,
    "initrd /boot/initrd",
    "boot",
  ];
  await writeFile(join(tree, "boot/grub/grub.cfg"), lines.join("\n"));
  await run("grub-mkrescue", ["-o", join(folder, "boot.iso"), tree]);
  return { arch: "x86_64", memory: 512, drives: [{ file: join(folder, "boot.iso"), bus: "cdrom" }] };
}

it.for([
  ["pc", "default"],
  ["q35", "uefi"],
] as const)("%s with %s firmware starts from virtual media", slow, async ([type, firmware], context) => {
  const missing = await findUefi({ arch: "x86_64", type }, { env }).then(
    () => undefined,
    (error: Error) => error.message,
  );
  context.skip(firmware === "uefi" && missing !== undefined, missing);
  // An empty disk comes first by its place, the media by its boot index.
  const media = await mediaMachine(context);
  const drives = [{ blankBytes: 1024 ** 2 }, ...(media.drives ?? []).map((drive) => ({ ...drive, bootIndex: 0 }))];
  const { console } = await started({ ...media, type, firmware, drives });
  await console.login({ user: "root" }, { timeoutMs: 400_000 });
  const facts = await console.exec(
    "mount -t iso9660 -o ro /dev/sr0 /tmp && ls /tmp/boot/vmlinuz; touch /tmp/x 2>&1; ls -d /sys/firmware/efi 2>/dev/null; true",
    patience,
  );
  const efi = firmware === "uefi" ? "/sys/firmware/efi\n" : "";
  expect(facts.output).toBe(`/tmp/boot/vmlinuz\ntouch: /tmp/x: Read-only file system\n${efi}`);
});
