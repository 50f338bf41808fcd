import { folder, link, plainFile, program, type ArchiveEntry } from "./newc.js";

/** The agent from PyPI. */
export const agentVersion = "13.0.0";

/** Debian's kernel for virtual machines. */
export const kernelPackage = "linux-image-cloud-amd64";

/** What the agent runs in a virtual machine, from Debian; what these depend on comes along. */
export const debianPackages: readonly string[] = [
  ...["python3", "python3-minimal", "libc-bin", "dash", "coreutils", "busybox-static", "kmod", "udev", "util-linux"],
  ...[
    "util-linux-extra",
    "bsdextrautils",
    "mount",
    "procps",
    "iproute2",
    "lshw",
    "gdisk",
    "parted",
    "psmisc",
    "qemu-utils",
  ],
];

/** Of what comes along, what nothing here runs. */
export const leftOut = /^(?:libperl|perl|debconf|adduser|dpkg|tar|passwd|base-)/;

/** Drivers, in the order in which they are loaded. */
export const drivers: readonly string[] = [
  ...["virtio_ring", "virtio", "virtio_pci_legacy_dev", "virtio_pci_modern_dev", "virtio_pci"],
  ...["failover", "net_failover", "virtio_net", "virtio_blk", "loop"],
];

const init = `#!/bin/sh
export PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8
mount -t proc proc /proc; mount -t sysfs sys /sys; mount -t devtmpfs dev /dev; mount -t tmpfs run /run
exec busybox init
`;

const inittab = `::sysinit:/etc/start
::once:/etc/agent
ttyS0::respawn:/usr/bin/busybox getty -L ttyS0 115200 vt100
`;

/** QEMU's user networking has no other address for it. */
const start = `#!/bin/sh
ldconfig
for name in ${drivers.join(" ")}; do insmod /modules/$name.ko; done
ip link set lo up; ip link set eth0 up
ip addr add 10.0.2.15/24 dev eth0; ip route add default via 10.0.2.2
`;

const agent = `#!/bin/sh
ironic-python-agent
echo "ironic-python-agent ended with $?"
`;

const starter = `#!/usr/bin/python3
from ironic_python_agent.cmd.agent import run
run()
`;

const text = (content: string): Buffer => Buffer.from(content);
const turnOff = (how: string): Buffer => text(`#!/bin/sh\nexec busybox ${how} -f\n`);

/** What the image has besides packages. */
export const ownFiles: readonly ArchiveEntry[] = [
  ...["dev", "proc", "sys", "run", "tmp", "mnt", "root", "modules", "var/log"].map((name) => ({ name, mode: folder })),
  { name: "init", mode: program, data: text(init) },
  { name: "etc/inittab", mode: plainFile, data: text(inittab) },
  { name: "etc/start", mode: program, data: text(start) },
  { name: "etc/agent", mode: program, data: text(agent) },
  { name: "etc/passwd", mode: plainFile, data: text("root::0:0:root:/root:/bin/sh\n") },
  { name: "etc/group", mode: plainFile, data: text("root:x:0:\ntty:x:5:\ndisk:x:6:\n") },
  { name: "etc/hosts", mode: plainFile, data: text("127.0.0.1 localhost\n") },
  { name: "usr/bin/ironic-python-agent", mode: program, data: text(starter) },
  { name: "usr/sbin/poweroff", mode: program, data: turnOff("poweroff") },
  { name: "usr/sbin/reboot", mode: program, data: turnOff("reboot") },
  ...["awk", "which", "login"].map((name) => ({ name: `usr/bin/${name}`, mode: link, data: text("busybox") })),
];
