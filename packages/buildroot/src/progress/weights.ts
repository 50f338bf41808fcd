import type { PackageInfo } from "../types.js";

/**
 * Seconds that packages took on two cores, rounded, for a folder that has not built them yet. Only their proportions matter: the
 * machine's own speed is measured as the build goes on.
 */
const seconds: Readonly<Record<string, number>> = {
  "host-gcc-initial": 420,
  "host-gcc-final": 780,
  "host-binutils": 150,
  "host-gmp": 40,
  "host-mpfr": 30,
  "host-mpc": 15,
  glibc: 240,
  musl: 40,
  uclibc: 60,
  linux: 420,
  "linux-headers": 25,
  busybox: 45,
  "host-cmake": 420,
  "host-python3": 150,
  python3: 150,
  "host-perl": 120,
  perl: 150,
  "host-rustc": 30,
  "host-rust": 3000,
  "host-go": 240,
  "host-openssl": 150,
  "host-libopenssl": 150,
  libopenssl: 150,
  systemd: 240,
  "util-linux": 60,
  "host-util-linux": 40,
  "host-autoconf": 4,
  "host-automake": 6,
  "host-libtool": 15,
  "host-m4": 35,
  "host-tar": 35,
  "host-xz": 30,
  "host-patchelf": 6,
  "host-pkgconf": 6,
  "host-kmod": 12,
  "host-acl": 12,
  "host-attr": 10,
  "host-fakeroot": 15,
  "host-e2fsprogs": 45,
  "host-qemu": 400,
  qemu: 900,
  "host-gettext-tiny": 5,
  "host-bison": 25,
  "host-flex": 15,
  "host-elfutils": 60,
  "host-gawk": 25,
  "host-ninja": 30,
  "host-meson": 5,
  qt5base: 900,
  qt6base: 900,
  webkitgtk: 5400,
  wpewebkit: 5400,
  boost: 200,
  mesa3d: 300,
  llvm: 3600,
  "host-llvm": 3600,
  clang: 3600,
  gdb: 200,
  samba4: 500,
  openssh: 70,
  coreutils: 110,
  bash: 50,
  iproute2: 30,
  nodejs: 3000,
};

/** Built of many packages' own measure: a Python package is copied more than compiled, a virtual one is nothing at all. */
export function expectedSeconds(name: string, info: PackageInfo | undefined): number {
  const known = seconds[name];
  if (known !== undefined) return known;
  if (info?.virtual === true || /^(?:host-)?(?:skeleton|toolchain)/.test(name)) return 1;
  if (/^(?:host-)?python-/.test(name)) return 5;
  if (/(?:-scripts|initscripts|-init-.*|-firmware|tzdata)$/.test(name)) return 2;
  return name.startsWith("host-") ? 15 : 20;
}

/** Finalizing the target and writing images, where no earlier build tells. */
export const expectedImageSeconds = 15;
