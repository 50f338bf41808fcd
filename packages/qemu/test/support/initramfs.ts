import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { testBusybox } from "./busybox.js";
import { type ArchiveEntry, characterDevice, folder, link, newcArchive, plainFile, program } from "./newc.js";

/** An initramfs image, or why there is none on this host. */
export type TestInitramfs = { readonly data: Buffer } | { readonly unavailable: string };

const rootInit = `#!/bin/busybox sh
/bin/busybox mkdir -p /proc /sys /dev /tmp
/bin/busybox --install -s /bin
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev 2>/dev/null
# the kernel's messages stay out of what commands answer; a panic speaks whatever the level
dmesg -n 1
hostname testbox
exec /bin/busybox init
`;

/** root has no password; \`guest\` has \`open sesame\`. */
const passwd = `root::0:0:root:/root:/bin/sh
guest:$5$saltsalt$yrhPKxCqiWcCE9h0g86j6Ugz7SDFdFm.BjU.d8RaQnC:1000:1000:guest:/:/bin/sh
`;

const inittab = `::sysinit:/etc/start
CONSOLE::respawn:/bin/getty -L CONSOLE 115200 vt100
::ctrlaltdel:/bin/reboot -f
`;

const start = `#!/bin/sh
for module in $(ls /modules); do insmod /modules/$module 2>/dev/null; done
ip link set lo up 2>/dev/null
ip link set eth0 up 2>/dev/null && ip addr add 10.0.2.15/24 dev eth0 && ip route add default via 10.0.2.2
[ -x /etc/more ] && /etc/more
true
`;

export const guestPassword = "open sesame";

/** What an initramfs is made with. */
export interface InitramfsOptions {
  /** The guest's architecture by Debian's name; amd64 unless said otherwise. */
  readonly architecture?: "amd64" | "arm64";
  /** More files. */
  readonly entries?: readonly ArchiveEntry[];
  /** The serial port's name in the guest; ttyS0 unless said otherwise. */
  readonly console?: string;
  /** A shell script that runs before the login prompt. */
  readonly start?: string;
  /** Drivers to load at the start, in that order: files of the host. */
  readonly modules?: readonly string[];
  /** Instead of everything: the one program, as a shell script. */
  readonly init?: string;
}

/** BusyBox with a getty on the serial port. */
export async function testInitramfs(options: InitramfsOptions = {}): Promise<TestInitramfs> {
  const busybox = await testBusybox(options.architecture);
  if ("unavailable" in busybox) return busybox;
  const serial = options.console ?? "ttyS0";
  const text = (content: string): Buffer => Buffer.from(content);
  return {
    data: newcArchive([
      ...["bin", "dev", "etc", "modules", "proc", "root", "sys", "tmp"].map((name) => ({ name, mode: folder })),
      { name: "dev/console", mode: characterDevice, device: [5, 1] },
      { name: "bin/busybox", mode: program, data: busybox.data },
      { name: "bin/sh", mode: link, data: text("busybox") },
      { name: "init", mode: program, data: text(options.init ?? rootInit) },
      { name: "etc/passwd", mode: plainFile, data: text(passwd) },
      { name: "etc/group", mode: plainFile, data: text("root:x:0:\nguest:x:1000:\n") },
      { name: "etc/inittab", mode: plainFile, data: text(inittab.replaceAll("CONSOLE", serial)) },
      { name: "etc/start", mode: program, data: text(start) },
      ...(options.entries ?? []),
      ...(await moduleEntries(options.modules ?? [])),
      ...(options.start === undefined ? [] : [{ name: "etc/more", mode: program, data: text(options.start) }]),
    ]),
  };
}

/** Numbered, so that the shell lists them in their order. */
function moduleEntries(files: readonly string[]): Promise<ArchiveEntry[]> {
  const entries = files.map(async (file, index) => {
    const name = `modules/${String(index).padStart(2, "0")}-${basename(file)}`;
    return { name, mode: plainFile, data: await readFile(file) };
  });
  return Promise.all(entries);
}
