import type { Environment } from "./types.js";

/** What every make invocation is told. */
export interface MakeSettings {
  readonly buildroot: string;
  readonly output: string;
  readonly externals: readonly string[];
  readonly dlDir: string | undefined;
  readonly ccacheDir: string | undefined;
  readonly uid: number;
}

/** Set by a surrounding make, or by a habit of the user's; each would change what this make does. */
const removed = [
  "MAKEFLAGS",
  "MFLAGS",
  "GNUMAKEFLAGS",
  "MAKEFILES",
  "MAKELEVEL",
  "MAKEOVERRIDES",
  "MAKE_TERMOUT",
  "MAKE_TERMERR",
  "MAKECMDGOALS",
  "O",
  "BR2_EXTERNAL",
  "BR2_DEFCONFIG",
  "BR2_CONFIG",
  "CONFIG_DIR",
] as const;

/** The variables that the manual flow would export. BR2_EXTERNAL is left out when empty: passed empty it erases what Buildroot remembers. */
export function manualEnvironment(settings: MakeSettings): Record<string, string> {
  return {
    O: settings.output,
    BR2_UPSTREAM: settings.buildroot,
    ...(settings.externals.length > 0 ? { BR2_EXTERNAL: settings.externals.join(":") } : {}),
    ...(settings.dlDir === undefined ? {} : { BR2_DL_DIR: settings.dlDir }),
    ...(settings.ccacheDir === undefined ? {} : { BR2_CCACHE_DIR: settings.ccacheDir }),
    TERM: "dumb",
    ...(settings.uid === 0 ? { FORCE_UNSAFE_CONFIGURE: "1" } : {}),
  };
}

/** The environment of a make: the caller's, without what belongs to a surrounding make, and the settings over it. */
export function makeEnvironment(
  settings: MakeSettings,
  env: Environment,
  terminal: "none" | "inherit",
): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) if (value !== undefined) result[name] = value;
  for (const name of removed) delete result[name];
  const { O: _output, BR2_UPSTREAM: _buildroot, TERM, ...own } = manualEnvironment(settings);
  Object.assign(result, own);
  if (terminal === "none" && TERM !== undefined) result["TERM"] = TERM;
  return result;
}

/** `-C <Buildroot> O=<output> <variables> <targets>`; `O` counts only on the command line (Buildroot's Makefile). */
export function makeArguments(
  settings: Pick<MakeSettings, "buildroot" | "output">,
  targets: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): string[] {
  return [
    "--no-print-directory",
    "-C",
    settings.buildroot,
    `O=${settings.output}`,
    ...Object.entries(variables).map(([name, value]) => `${name}=${value}`),
    ...targets,
  ];
}

/** How `jobs` is said to make: `-jN` only with per-package directories, without them Buildroot forbids it and BR2_JLEVEL sets the jobs inside each package. */
export function jobArguments(
  jobs: number | undefined,
  perPackageDirectories: boolean,
): { readonly flags: readonly string[]; readonly variables: Readonly<Record<string, string>> } {
  if (jobs === undefined) return { flags: [], variables: {} };
  if (perPackageDirectories) return { flags: [`-j${jobs}`], variables: {} };
  return { flags: [], variables: { BR2_JLEVEL: String(jobs) } };
}

/** True if MAKEFLAGS, GNUMAKEFLAGS or MFLAGS ask for parallel jobs; those of a surrounding make (MAKELEVEL is set) do not count, they are removed. */
export function parallelFlags(env: Environment): { readonly variable: string; readonly value: string } | undefined {
  if (Number(env["MAKELEVEL"] ?? "0") > 0) return undefined;
  for (const variable of ["MAKEFLAGS", "GNUMAKEFLAGS", "MFLAGS"]) {
    const value = env[variable];
    if (value === undefined) continue;
    const words = value.split(/\s+/);
    const parallel = words.some(
      (word, index) =>
        /^-[a-zA-Z]*j\d*$/.test(word) || /^--jobs(=|$)/.test(word) || (index === 0 && /^[a-zA-Z]*j\d*$/.test(word)),
    );
    if (parallel) return { variable, value };
  }
  return undefined;
}
