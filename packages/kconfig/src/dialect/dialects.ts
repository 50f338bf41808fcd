import { buildroot } from "./buildroot.js";
import type { Dialect } from "./dialect.js";
import { linux, linux61, linux612 } from "./linux.js";
import { busybox, coreboot, uBoot } from "./others.js";

/** The dialects that come with this package, by name. */
export const dialects: Readonly<
  Record<"buildroot" | "linux" | "linux-6.1" | "linux-6.12" | "busybox" | "u-boot" | "coreboot", Dialect>
> = {
  buildroot,
  linux,
  "linux-6.1": linux61,
  "linux-6.12": linux612,
  busybox,
  "u-boot": uBoot,
  coreboot,
};
