import { readFile, rm, stat, utimes } from "node:fs/promises";
import { dirname, isAbsolute, join } from "node:path";
import { diffConfigs } from "@ipa-br/kconfig";
import { stringValue } from "./config/notation.js";
import { logName } from "./layout.js";
import { abortedError } from "./make-errors.js";
import { runLogged } from "./run-make.js";
import { kconfigPackages, liesIn, makeKconfig, type NewConfiguration, planSaves } from "./save-kernel.js";
import { saveFailed } from "./save-file.js";
import { replaceFiles } from "./saving/replace-files.js";
import { readConfiguration, readText, withLock, type Session } from "./session.js";
import type { SavedFile, SaveKind, SaveOptions, SaveResult, SkippedSave } from "./types.js";

/** See `Buildroot.save`. */
export async function save(session: Session, options: SaveOptions): Promise<SaveResult> {
  return withLock(session, "save", async () => {
    const values = await readConfiguration(session);
    const skipped: SkippedSave[] = [];
    const skip = (kind: SaveKind, reason: string, demanded: boolean): void => {
      if (demanded) throw saveFailed(kind, reason);
      skipped.push({ kind, reason });
    };
    // What is demanded and cannot be is found before anything is written.
    const wanted = kconfigPackages.filter(({ kind }) => options[kind] !== false);
    const plans = await planSaves(session, wanted, values, options);
    for (const plan of plans) if ("skip" in plan) skip(plan.what.kind, plan.skip, options[plan.what.kind] === true);
    const target = defconfigTarget(session, values, options);
    if (target !== undefined && "skip" in target) skip("defconfig", target.skip, options.defconfig !== undefined);
    // make writes beside our own files first: if it fails for one of them, none has been touched.
    const made: NewConfiguration[] = [];
    if (target !== undefined && "path" in target) made.push(await makeDefconfig(session, target.path, options.signal));
    for (const plan of plans)
      if ("file" in plan) made.push(await makeKconfig(session, plan.what, plan.file, options.signal));
    return { written: await writeAll(session, made, options), skipped };
  });
}

/** Replaces what has changed, all of it or nothing. */
async function writeAll(
  session: Session,
  made: readonly NewConfiguration[],
  { dryRun = false, signal }: SaveOptions,
): Promise<SavedFile[]> {
  const before = await Promise.all(
    made.map(({ kind, path }) =>
      readText(path).catch((cause: Error) => {
        throw saveFailed(kind, cause.message, cause);
      }),
    ),
  );
  const changed = made.filter(({ text }, index) => text !== before[index]);
  const backup = join(session.layout.backups, logName("save", new Date()).replace(/\.log$/, ""));
  const backups = new Map<string, string | undefined>();
  if (!dryRun && changed.length > 0) {
    if (signal?.aborted === true) throw abortedError(session, signal, undefined);
    try {
      const kept = await replaceFiles(changed, { journal: session.layout.saveJournal, backup });
      for (const [index, { path }] of changed.entries()) backups.set(path, kept[index]);
    } catch (error) {
      const { message, path } = error as NodeJS.ErrnoException;
      const { kind } = changed.find((one) => path?.startsWith(dirname(one.path))) ?? changed[0]!;
      throw saveFailed(kind, `${message}. Nothing was written`, error);
    }
  }
  if (!dryRun)
    for (const { path, times } of made)
      if (times !== undefined) await utimes(path, times.atime, times.mtime).catch(() => undefined);
  return made.map(({ kind, path, text }, index) => ({
    kind,
    path,
    changed: text !== before[index],
    changes: diffConfigs(before[index] ?? "", text, { prefix: kind === "defconfig" ? "" : "CONFIG_" }),
    backup: backups.get(path),
  }));
}

function defconfigTarget(
  session: Session,
  values: ReadonlyMap<string, string>,
  { defconfig: wanted = true, readOnly = [] }: SaveOptions,
): { readonly skip: string } | { readonly path: string } | undefined {
  if (wanted === false) return undefined;
  if (typeof wanted === "string") {
    if (!isAbsolute(wanted)) throw saveFailed("defconfig", `${wanted} is not an absolute path.`);
    return { path: wanted };
  }
  const path = stringValue(values, "BR2_DEFCONFIG");
  if (path === undefined || !isAbsolute(path))
    return { skip: "The configuration came from no defconfig; name a path." };
  if (path.startsWith(`${session.settings.buildroot}/`))
    return { skip: `Its defconfig ${path} belongs to Buildroot; name a path of your own.` };
  if (liesIn(path, readOnly)) return { skip: `Its defconfig ${path} is read-only; name a path of your own.` };
  return { path };
}

/** Always with an explicit path: by default savedefconfig writes to whatever file was loaded last. */
async function makeDefconfig(
  session: Session,
  path: string,
  signal: AbortSignal | undefined,
): Promise<NewConfiguration> {
  const folder = await stat(dirname(path)).catch(() => undefined);
  if (folder?.isDirectory() !== true) throw saveFailed("defconfig", `There is no folder ${dirname(path)}.`);
  const temporary = join(session.layout.own, "defconfig");
  await rm(temporary, { force: true });
  await runLogged(session, {
    targets: ["savedefconfig"],
    variables: { BR2_DEFCONFIG: temporary },
    logPath: join(session.layout.own, "save-defconfig.log"),
    failure: "SAVE_FAILED",
    signal,
  });
  const text = await readFile(temporary, "utf8").catch((cause: Error) => {
    throw saveFailed("defconfig", `make savedefconfig wrote nothing (${cause.message}).`);
  });
  await rm(temporary, { force: true });
  return { kind: "defconfig", path, text, times: undefined };
}
