import { join } from "node:path";

/** What the variables in a .config's paths stand for. */
export interface ConfigPlaces {
  readonly buildroot: string;
  readonly output: string;
  /** Paths of the external trees by name. */
  readonly externals: ReadonlyMap<string, string>;
}

/** Absolute paths in a value, with the variables that Buildroot's values use; those that stay unknown are left out. */
export function pathsIn(value: string, places: ConfigPlaces): string[] {
  return value
    .replaceAll('"', "")
    .split(/\s+/)
    .map((word) =>
      word.replaceAll(/\$[({](\w+)[)}]/g, (all, name: string) => {
        if (name === "TOPDIR") return places.buildroot;
        if (name === "BASE_DIR" || name === "CONFIG_DIR" || name === "O") return places.output;
        const external = /^BR2_EXTERNAL_(\w+)_PATH$/.exec(name)?.[1];
        return (external === undefined ? undefined : places.externals.get(external)) ?? all;
      }),
    )
    .filter((word) => word.includes("/") && !word.includes("$") && !word.includes("://"))
    .map((word) => join(word.startsWith("/") ? "/" : places.buildroot, word));
}
