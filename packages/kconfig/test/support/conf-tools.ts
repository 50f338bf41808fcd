import { dialects, type Dialect } from "../../src/index.js";
import { BuildrootOracle, missingForOracle } from "./buildroot-oracle.js";
import { linuxSource, missingForLinux } from "./linux-source.js";

/** A C conf to compare with. */
export interface ConfTool {
  readonly dialect: Dialect;
  /** Why it cannot be run here. */
  readonly missing: string | undefined;
  /** The path of the program; builds it if need be. */
  conf(): string;
}

let buildroot: BuildrootOracle | undefined;

/** The tools of the dialects that are compared with C. */
export const confTools: readonly ConfTool[] = [
  { dialect: dialects.buildroot, missing: missingForOracle(), conf: () => (buildroot ??= new BuildrootOracle()).path },
  ...(["6.1", "6.12"] as const).map((version) => ({
    dialect: dialects[`linux-${version}`],
    missing: missingForLinux(version),
    conf: () => linuxSource(version).conf,
  })),
];

/** Removes what was built for one test file alone. */
export function removeConfTools(): void {
  buildroot?.remove();
  buildroot = undefined;
}
