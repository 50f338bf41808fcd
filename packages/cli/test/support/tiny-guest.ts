import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { drivers } from "./agent-recipe.js";
import { temporaryFolder } from "./folder.js";
import { characterDevice, folder, link, newcArchive, plainFile, program } from "./newc.js";

const mounts = `mkdir -p /proc /sys /dev /run
mount -t proc proc /proc; mount -t sysfs sys /sys; mount -t devtmpfs dev /dev
`;

/** Cards and addresses, as QEMU's user networking wants them. */
export const network = `for name in ${drivers.join(" ")}; do insmod /modules/$name.ko 2>/dev/null; done
ip link set eth0 up; ip addr add 10.0.2.15/24 dev eth0; ip route add default via 10.0.2.2
`;

/** A folder of images: the kernel, and BusyBox that runs a script in the place of a system. */
export function tinyGuest(parts: string, script: string): string {
  const images = temporaryFolder();
  copyFileSync(join(parts, "bzImage"), join(images, "bzImage"));
  const text = (content: string) => Buffer.from(content);
  const init = `#!/bin/busybox sh\n/bin/busybox mkdir -p /proc\n/bin/busybox --install -s /bin\n${mounts}${script}`;
  const archive = newcArchive([
    ...["bin", "dev", "etc", "modules", "root"].map((name) => ({ name, mode: folder })),
    { name: "dev/console", mode: characterDevice, device: [5, 1] },
    { name: "bin/busybox", mode: program, data: readFileSync(join(parts, "busybox")) },
    { name: "bin/sh", mode: link, data: text("busybox") },
    { name: "init", mode: program, data: text(init) },
    { name: "etc/passwd", mode: plainFile, data: text("root::0:0:root:/root:/bin/sh\n") },
    { name: "etc/group", mode: plainFile, data: text("root:x:0:\n") },
    { name: "etc/inittab", mode: plainFile, data: text("ttyS0::respawn:/bin/getty -L ttyS0 115200 vt100\n") },
    ...drivers.map((name) => {
      return { name: `modules/${name}.ko`, mode: plainFile, data: readFileSync(join(parts, `modules/${name}.ko`)) };
    }),
  ]);
  writeFileSync(join(images, "rootfs.cpio"), archive);
  return images;
}
