import { readFile, rm, stat } from "node:fs/promises";
import { dirname, isAbsolute, join } from "node:path";
import { stringValue } from "./config/notation.js";
import { runLogged } from "./run-make.js";
import { kconfigPackages, liesIn, planSaves, saveKconfig } from "./save-kernel.js";
import { saveFailed, writeSaved } from "./save-file.js";
import { readConfiguration, readText, withLock, type Session } from "./session.js";
import type { SavedFile, SaveKind, SaveOptions, SaveResult, SkippedSave } from "./types.js";

/** See `Buildroot.save`. */
export async function save(session: Session, options: SaveOptions): Promise<SaveResult> {
  return withLock(session, "save", async () => {
    const values = await readConfiguration(session);
    const written: SavedFile[] = [];
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
    else if (target !== undefined) written.push(await saveDefconfig(session, target.path, options.signal));
    for (const plan of plans)
      if ("file" in plan) written.push(await saveKconfig(session, plan.what, plan.file, options.signal));
    return { written, skipped };
  });
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
async function saveDefconfig(session: Session, path: string, signal: AbortSignal | undefined): Promise<SavedFile> {
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
  const changed = (await readText(path)) !== text;
  if (changed) await writeSaved("defconfig", path, text);
  await rm(temporary, { force: true });
  return { kind: "defconfig", path, changed };
}
