import { buildroot } from "./buildroot.js";
import { KconfigError } from "../errors.js";
import { nearestNames } from "../base/nearest-names.js";
import type { Dialect } from "./dialect.js";
import { linux, linux61, linux612, linux618, linux72 } from "./linux.js";
import { busybox, coreboot, uBoot, zephyr } from "./others.js";

/** The dialects that come with this package, by name. */
export const dialects: Readonly<
  Record<
    | "buildroot"
    | "linux"
    | "linux-6.1"
    | "linux-6.12"
    | "linux-6.18"
    | "linux-7.2"
    | "busybox"
    | "u-boot"
    | "coreboot"
    | "zephyr",
    Dialect
  >
> = {
  buildroot,
  linux,
  "linux-6.1": linux61,
  "linux-6.12": linux612,
  "linux-6.18": linux618,
  "linux-7.2": linux72,
  busybox,
  "u-boot": uBoot,
  coreboot,
  zephyr,
};

/** The dialect of that name. Throws UNKNOWN_DIALECT. */
export function findDialect(name: string): Dialect {
  const known: Readonly<Record<string, Dialect>> = dialects;
  if (Object.hasOwn(known, name)) return known[name]!;
  const names = Object.keys(known);
  const near = nearestNames(name, names);
  throw new KconfigError("UNKNOWN_DIALECT", `There is no dialect "${name}".`, {
    hint: near.length > 0 ? `Did you mean ${near.join(" or ")}?` : `The dialects are ${names.join(", ")}.`,
    details: { name, near },
  });
}
