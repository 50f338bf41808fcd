import { copyFile, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { BuildrootError } from "./errors.js";
import { runCaptured, runLogged } from "./run-make.js";
import { writeOwn, type Session } from "./session.js";
import type { SaveKind, SaveOptions } from "./types.js";

/** A package whose configuration is saved by make (package/pkg-kconfig.mk). */
export interface KconfigPackage {
  readonly kind: "linux" | "busybox";
  /** The prefix of its make variables. */
  readonly prefix: "LINUX" | "BUSYBOX";
  /** The .config symbol that selects it. */
  readonly symbol: string;
  /** What writes the file back; BusyBox knows no minimal configuration. */
  readonly targets: readonly string[];
}

export const kconfigPackages: readonly KconfigPackage[] = [
  {
    kind: "linux",
    prefix: "LINUX",
    symbol: "BR2_LINUX_KERNEL",
    targets: ["linux-savedefconfig", "linux-update-defconfig"],
  },
  { kind: "busybox", prefix: "BUSYBOX", symbol: "BR2_PACKAGE_BUSYBOX", targets: ["busybox-update-config"] },
];

/** What make says of a package's configuration file. */
interface ConfigurationFile {
  readonly folder: string;
  readonly file: string;
  readonly fragments: string;
  /** An in-tree defconfig's name: the file is the package's own, and there is no rule to save it. */
  readonly inTree: string;
}

/** A configuration as make has written it, and the file that it belongs into. */
export interface NewConfiguration {
  readonly kind: SaveKind;
  readonly path: string;
  readonly text: string;
  /** To be given to the file: a package's stamps are newer than its file, or the next build would configure it again. */
  readonly times: { readonly atime: Date; readonly mtime: Date } | undefined;
}

/** Where a package's configuration goes, or why it cannot be saved, in one sentence. */
export type SavePlan = { readonly what: KconfigPackage } & ({ readonly skip: string } | { readonly file: string });

/** Asks make once for all of them: each question costs seconds. */
export async function planSaves(
  session: Session,
  wanted: readonly KconfigPackage[],
  values: ReadonlyMap<string, string>,
  { readOnly = [], signal }: Pick<SaveOptions, "readOnly" | "signal">,
): Promise<readonly SavePlan[]> {
  const selected = wanted.filter(({ symbol }) => values.get(symbol) === "y");
  const files = selected.length === 0 ? new Map() : await askFiles(session, selected, signal);
  return Promise.all(
    wanted.map(async (what) => {
      const found = files.get(what.kind);
      if (found === undefined) return { what, skip: `${what.symbol} is not set.` };
      const skip = await skipReason(session, what, found, readOnly);
      return skip === undefined ? { what, file: found.file } : { what, skip };
    }),
  );
}

async function skipReason(
  session: Session,
  what: KconfigPackage,
  { file, folder, fragments, inTree }: ConfigurationFile,
  readOnly: readonly string[],
): Promise<string | undefined> {
  if (inTree !== "") return `It comes from the package's own ${inTree}, which is not ours to write.`;
  if (file === "") return "No configuration file is set for it.";
  // A relative path is taken from the Buildroot tree.
  if (!file.startsWith("/") || file.startsWith(`${session.settings.buildroot}/`))
    return `Its file ${file} belongs to Buildroot.`;
  if (liesIn(file, readOnly)) return `Its file ${file} is read-only.`;
  if (fragments !== "") return "It is put together from fragments, so it has no one file to be written to.";
  if ((await stat(file).catch(() => undefined))?.isDirectory() === true) return `${file} is a folder.`;
  const configured = await stat(join(folder, ".stamp_kconfig_fixup_done")).catch(() => undefined);
  return configured === undefined
    ? `It is not configured yet: make ${what.kind}-configure (or build) first.`
    : undefined;
}

/** True if a path lies in one of the folders. */
export function liesIn(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => path.startsWith(`${folder}/`));
}

/** What make would write to a package's file, written to a copy beside our own files; the real one is not touched. */
export async function makeKconfig(
  session: Session,
  what: KconfigPackage,
  file: string,
  signal: AbortSignal | undefined,
): Promise<NewConfiguration> {
  const copy = join(session.layout.own, `${what.kind}.config`);
  // The rule that makes a missing file would otherwise come into play.
  await copyFile(file, copy).catch(() => writeOwn(session, copy, ""));
  await runLogged(session, {
    targets: what.targets,
    variables: { [`${what.prefix}_KCONFIG_FILE`]: copy },
    logPath: join(session.layout.own, `save-${what.kind}.log`),
    failure: "SAVE_FAILED",
    signal,
  });
  const { atime, mtime } = await stat(copy);
  return { kind: what.kind, path: file, text: await readFile(copy, "utf8"), times: { atime, mtime } };
}

const variables = ["DIR", "KCONFIG_FILE", "KCONFIG_FRAGMENT_FILES", "KCONFIG_DEFCONFIG"] as const;

async function askFiles(
  session: Session,
  packages: readonly KconfigPackage[],
  signal: AbortSignal | undefined,
): Promise<Map<KconfigPackage["kind"], ConfigurationFile>> {
  const names = packages.flatMap(({ prefix }) => variables.map((name) => `${prefix}_${name}`));
  const text = await runCaptured(session, { targets: ["show-vars"], variables: { VARS: names.join(" ") }, signal });
  const value = parseVariables(text);
  return new Map(
    packages.map(({ kind, prefix }) => {
      const [folder, file, fragments, inTree] = variables.map((name) => expanded(value[`${prefix}_${name}`]));
      return [kind, { folder: folder!, file: file!, fragments: fragments!, inTree: inTree! }];
    }),
  );
}

type Variables = Readonly<Record<string, { readonly expanded?: unknown } | undefined>>;

function parseVariables(text: string): Variables {
  try {
    return JSON.parse(text) as Variables;
  } catch (cause) {
    throw new BuildrootError("INFO_INVALID", `make show-vars printed no variables: ${text.slice(0, 80)}`, {
      hint: "Run it by hand to see all of it: make show-vars VARS=LINUX_%.",
      details: { output: text.slice(0, 2000) },
      cause,
    });
  }
}

function expanded(variable: Variables[string]): string {
  return typeof variable?.expanded === "string" ? variable.expanded.trim() : "";
}
