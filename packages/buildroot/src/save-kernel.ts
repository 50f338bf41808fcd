import { copyFile, readFile, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { writeFileAtomic } from "@ipa-br/kconfig/node";
import { BuildrootError } from "./errors.js";
import { runCaptured, runLogged } from "./run-make.js";
import { readText, type Session } from "./session.js";
import type { SavedFile } from "./types.js";

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

/** Why a package's configuration cannot be saved, in one sentence, or where it goes. */
export async function planSave(
  session: Session,
  what: KconfigPackage,
  values: ReadonlyMap<string, string>,
  signal: AbortSignal | undefined,
): Promise<{ readonly skip: string } | { readonly folder: string; readonly file: string }> {
  if (values.get(what.symbol) !== "y") return { skip: `${what.symbol} is not set.` };
  const found = await askFile(session, what, signal);
  if (found.inTree !== "")
    return { skip: `It comes from the package's own ${found.inTree}, which is not ours to write.` };
  if (found.file === "") return { skip: "No configuration file is set for it." };
  // A relative path is taken from the Buildroot tree.
  const { buildroot } = session.settings;
  if (!found.file.startsWith("/") || found.file.startsWith(`${buildroot}/`))
    return { skip: `Its file ${found.file} belongs to Buildroot.` };
  if (found.fragments !== "")
    return { skip: "It is put together from fragments, so it has no one file to be written to." };
  if ((await stat(found.file).catch(() => undefined))?.isDirectory() === true)
    return { skip: `${found.file} is a folder.` };
  const configured = await stat(join(found.folder, ".stamp_kconfig_fixup_done")).catch(() => undefined);
  if (configured === undefined)
    return { skip: `It is not configured yet: make ${what.kind}-configure (or build) first.` };
  return found;
}

/** Lets make write to a copy beside our own files, and replaces the real one only when that went well. */
export async function saveKconfig(
  session: Session,
  what: KconfigPackage,
  file: string,
  signal: AbortSignal | undefined,
): Promise<SavedFile> {
  const copy = join(session.layout.own, `${what.kind}.config`);
  // The rule that makes a missing file would otherwise come into play.
  await copyFile(file, copy).catch(() => writeFileAtomic(copy, ""));
  await runLogged(session, {
    targets: what.targets,
    variables: { [`${what.prefix}_KCONFIG_FILE`]: copy },
    logPath: join(session.layout.own, `save-${what.kind}.log`),
    failure: "SAVE_FAILED",
    signal,
  });
  const text = await readFile(copy, "utf8");
  const changed = (await readText(file)) !== text;
  const { atime, mtime } = await stat(copy);
  if (changed) await writeFileAtomic(file, text);
  // The package's stamps are newer than this file, or the next build would configure it again.
  await utimes(file, atime, mtime).catch(() => undefined);
  return { kind: what.kind, path: file, changed };
}

async function askFile(
  session: Session,
  what: KconfigPackage,
  signal: AbortSignal | undefined,
): Promise<ConfigurationFile> {
  const { prefix } = what;
  const names = ["DIR", "KCONFIG_FILE", "KCONFIG_FRAGMENT_FILES", "KCONFIG_DEFCONFIG"].map(
    (name) => `${prefix}_${name}`,
  );
  const text = await runCaptured(session, { targets: ["show-vars"], variables: { VARS: names.join(" ") }, signal });
  const [folder = "", file = "", fragments = "", inTree = ""] = expanded(text, names);
  return { folder, file, fragments, inTree };
}

function expanded(text: string, names: readonly string[]): string[] {
  let value: Record<string, { expanded?: unknown } | undefined>;
  try {
    value = JSON.parse(text) as typeof value;
  } catch (cause) {
    throw new BuildrootError("INFO_INVALID", `make show-vars printed no variables: ${text.slice(0, 80)}`, {
      hint: "Run it by hand to see all of it: make show-vars VARS=LINUX_%.",
      details: { output: text.slice(0, 2000) },
      cause,
    });
  }
  return names.map((name) => {
    const found = value[name]?.expanded;
    return typeof found === "string" ? found.trim() : "";
  });
}
