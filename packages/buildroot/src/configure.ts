import { rm } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import { explainMismatches, findLegacy } from "./config/explain-mismatch.js";
import { openKconfig } from "./config/kconfig.js";
import { settingsLost } from "./config/lost.js";
import {
  findMismatches,
  type MergedSetting,
  mergeSettings,
  writeSettings,
  type SettingSource,
} from "./config/merge.js";
import { quote, readAssignments, readValues } from "./config/notation.js";
import { checkSettingName, settingValue } from "./config/setting-value.js";
import { symbolLookup, type SymbolLookup } from "./config/symbol-types.js";
import { chooseDefconfig } from "./defconfig.js";
import { BuildrootError } from "./errors.js";
import { type ConfigurationInputs, type InputFile, readInputs } from "./inputs.js";
import { listDefconfigs } from "./list-defconfigs.js";
import { runLogged } from "./run-make.js";
import { readConfiguration, readText, withLock, writeOwn, type Session } from "./session.js";
import { digestOf } from "./sources/hash.js";
import type { ConfigureOptions, ConfigureResult, Defconfig, SettingMismatch } from "./types.js";

const reproducible: SettingSource = {
  file: "reproducible",
  assignments: [{ name: "BR2_REPRODUCIBLE", value: "y", line: 1 }],
  requested: true,
};

/** See `Buildroot.configure`. On failure, abort or a lost setting O/.config is as before. */
export async function configure(session: Session, options: ConfigureOptions): Promise<ConfigureResult> {
  const lookup = symbolLookup(session.settings.buildroot, session.externals);
  const defconfig =
    options.defconfig === undefined
      ? undefined
      : chooseDefconfig(options.defconfig, await listDefconfigs(session, options.signal));
  const asked = [
    ...(await fragmentSources(options)),
    ...(await settingSource(options, lookup)),
    ...(options.reproducible === true ? [reproducible] : []),
  ];
  return withLock(session, "configure", async () => {
    const sources = [...(await baseSources(session, defconfig)), ...asked];
    const merged = mergeSettings(sources);
    const { config, configOld, configBackup } = session.layout;
    const before = await readText(config);
    if (before !== undefined) await writeOwn(session, configBackup, before);
    let seconds: number;
    let mismatches: readonly SettingMismatch[];
    try {
      await writeOwn(session, config, writeSettings(merged));
      ({ seconds } = await runLogged(session, {
        targets: ["olddefconfig"],
        logPath: join(session.layout.own, "configure.log"),
        failure: "CONFIGURE_FAILED",
        signal: options.signal,
      }));
      mismatches = await judge(session, sources, merged, (await readText(config)) ?? "", lookup, options);
    } catch (error) {
      await (before === undefined ? rm(config, { force: true }) : writeOwn(session, config, before));
      await rm(configBackup, { force: true });
      throw error;
    }
    // conf itself would have kept our merged file there.
    if (before === undefined) await rm(configOld, { force: true });
    else await writeOwn(session, configOld, before);
    await rm(configBackup, { force: true });
    await writeMarker(session);
    await writeInputs(session, defconfig, options);
    return {
      configPath: config,
      defconfig,
      requested: merged.filter((setting) => setting.requested).length,
      mismatches,
      previousConfig: before === undefined ? undefined : configOld,
      seconds,
    };
  });
}

/** What did not hold, and why. Throws SETTINGS_LOST for what is not accepted. */
async function judge(
  session: Session,
  sources: readonly SettingSource[],
  merged: readonly MergedSetting[],
  result: string,
  lookup: SymbolLookup,
  { accept = [], signal }: ConfigureOptions,
): Promise<readonly SettingMismatch[]> {
  const values = readValues(result);
  const found = await findMismatches(merged, values, lookup);
  if (found.length === 0 && values.get("BR2_LEGACY") !== "y") return [];
  const { settings, layout, version } = session;
  const tree = openKconfig({ buildroot: settings.buildroot, output: layout.root, version }, values);
  const explained =
    tree === undefined
      ? found
      : [
          ...explainMismatches(found, { tree, result, sources, settings: merged, signal }),
          ...findLegacy(tree, result, merged),
        ];
  const lost = explained.filter(({ name, reason }) => reason !== "replaced" && !accept.includes(name));
  if (lost.length > 0) throw settingsLost(lost);
  return explained;
}

async function baseSources(session: Session, defconfig: Defconfig | undefined): Promise<SettingSource[]> {
  if (defconfig === undefined) {
    const values = await readConfiguration(session);
    const assignments = [...values].map(([name, value], index) => ({ name, value, line: index + 1 }));
    return [{ file: session.layout.config, assignments, requested: false }];
  }
  const text = await readText(defconfig.path);
  if (text === undefined) throw notFound(defconfig.path, "is not there");
  const assignments = readAssignments(text).filter(({ name }) => name !== "BR2_DEFCONFIG");
  // What `make NAME_defconfig` notes, so that saving knows where to.
  const origin = [{ name: "BR2_DEFCONFIG", value: quote(defconfig.path), line: 0 }];
  return [
    { file: defconfig.path, assignments, requested: true },
    { file: "configure", assignments: origin, requested: false },
  ];
}

async function fragmentSources({ fragments = [] }: ConfigureOptions): Promise<SettingSource[]> {
  return Promise.all(
    fragments.map(async (file) => {
      if (!isAbsolute(file)) throw notFound(file, "is not an absolute path");
      const text = await readText(file).catch((error: Error) => {
        throw notFound(file, `cannot be read (${error.message})`);
      });
      if (text === undefined) throw notFound(file, "is not there");
      return { file, assignments: readAssignments(text), requested: true };
    }),
  );
}

async function settingSource({ set = {} }: ConfigureOptions, lookup: SymbolLookup): Promise<SettingSource[]> {
  const entries = Object.entries(set);
  if (entries.length === 0) return [];
  for (const [name] of entries) checkSettingName(name);
  const known = await lookup(new Set(entries.map(([name]) => name)));
  const assignments = entries.map(([name, value], index) => ({
    name,
    value: settingValue(name, value, known.get(name)?.type),
    line: index + 1,
  }));
  return [{ file: "set", assignments, requested: true }];
}

async function writeMarker(session: Session): Promise<void> {
  const { buildroot, externals } = session.settings;
  const marker = { buildroot, version: session.version, externals };
  await writeOwn(session, session.layout.marker, `${JSON.stringify(marker, undefined, 2)}\n`);
}

/** Fragments over the present configuration stand over what it was made with. */
async function writeInputs(
  session: Session,
  defconfig: Defconfig | undefined,
  { fragments = [] }: ConfigureOptions,
): Promise<void> {
  const before =
    defconfig === undefined ? await readInputs(session.layout.root) : { defconfig: undefined, fragments: [] };
  const noted = async (path: string): Promise<InputFile> => ({ path, sha256: await digestOf(path, "sha256") });
  const added = await Promise.all(fragments.map(noted));
  const inputs: ConfigurationInputs = {
    defconfig: defconfig === undefined ? before.defconfig : await noted(defconfig.path),
    fragments: [...before.fragments.filter(({ path }) => !fragments.includes(path)), ...added],
  };
  await writeOwn(session, session.layout.inputs, `${JSON.stringify(inputs, undefined, 2)}\n`);
}

function notFound(file: string, problem: string): BuildrootError {
  return new BuildrootError("FRAGMENT_NOT_FOUND", `The settings file ${file} ${problem}.`, {
    hint: "Check the path.",
    details: { file },
  });
}
