import { dialects, type Dialect } from "../../src/index.js";
import { BuildrootOracle, missingForOracle } from "./buildroot-oracle.js";
import { coreboot, missingForRelative, RelativeOracle, uBoot, type Relative } from "./relative-oracle.js";
import { linuxSource, missingForLinux } from "./linux-source.js";

/** A C conf to compare with. */
export interface ConfTool {
  readonly title: string;
  readonly dialect: Dialect;
  /** Why it cannot be run here. */
  readonly missing: string | undefined;
  /** The path of the program; builds it if need be. */
  conf(): string;
}

const linuxDialects: Readonly<Record<string, Dialect>> = {
  "6.1": dialects["linux-6.1"],
  "6.12": dialects["linux-6.12"],
  "6.18": dialects["linux-6.18"],
  "7.2": dialects["linux-7.2"],
  "7.3": dialects.linux,
};

let buildroot: BuildrootOracle | undefined;
const relatives = new Map<Relative, RelativeOracle>();

/** The tools of the dialects that are compared with C. */
export const confTools: readonly ConfTool[] = [
  {
    title: "Buildroot",
    dialect: dialects.buildroot,
    missing: missingForOracle(),
    conf: () => (buildroot ??= new BuildrootOracle()).path,
  },
  ...Object.entries(linuxDialects).map(([version, dialect]) => ({
    title: `Linux ${version}`,
    dialect,
    missing: missingForLinux(version),
    conf: () => linuxSource(version).conf,
  })),
  ...[uBoot, coreboot].map((relative) => ({
    title: relative.name,
    dialect: relative === uBoot ? dialects["u-boot"] : dialects.coreboot,
    missing: missingForRelative(relative),
    conf: () => {
      const oracle = relatives.get(relative) ?? new RelativeOracle(relative);
      relatives.set(relative, oracle);
      return oracle.path;
    },
  })),
];

/** Removes what was built for one test file alone. */
export function removeConfTools(): void {
  buildroot?.remove();
  buildroot = undefined;
  for (const oracle of relatives.values()) oracle.remove();
  relatives.clear();
}
