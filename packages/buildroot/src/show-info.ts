import { BuildrootError } from "./errors.js";
import { runCaptured } from "./run-make.js";
import { readConfiguration, type Session } from "./session.js";
import type { PackageDownload, PackageInfo, PackageInfos } from "./types.js";

/** Asks Buildroot for the packages of the configuration. Throws NOT_CONFIGURED, MAKE_FAILED, INFO_INVALID. */
export async function showInfo(session: Session, signal?: AbortSignal): Promise<PackageInfos> {
  return parseInfo(await readInfoText(session, signal));
}

/** What show-info leaves out and makefiles know: whose source is a folder, and whose git repository has large files. */
const variables = "%_OVERRIDE_SRCDIR %_GIT_LFS";

/** What `make show-info` prints, and behind it those variables. Throws NOT_CONFIGURED, MAKE_FAILED. */
async function readInfoText(session: Session, signal?: AbortSignal): Promise<string> {
  await readConfiguration(session);
  try {
    return await runCaptured(session, { targets: ["show-info", "show-vars"], variables: { VARS: variables }, signal });
  } catch (error) {
    if (!knowsNoVariables(error)) throw error;
    return runCaptured(session, { targets: ["show-info"], signal });
  }
}

/** A tree of Buildroot of before show-vars, or one of somebody's own. */
function knowsNoVariables(error: unknown): boolean {
  if (!BuildrootError.is(error) || error.code !== "MAKE_FAILED") return false;
  const said = error.details["cause"];
  return Array.isArray(said) && said.some((line) => String(line).includes("show-vars"));
}

/** Reads that; a makefile of an external tree may have printed something before it. */
export function parseInfo(text: string): PackageInfos {
  const [packages, told] = objectsIn(text);
  const value = parsed(text, packages ?? "");
  const known = told === undefined ? undefined : parsed(text, told);
  return Object.fromEntries(
    Object.entries(value).map(([name, info]) => [name, packageInfo(name, info, variablesOf(name, known))]),
  );
}

function parsed(text: string, json: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw invalid(text, cause);
  }
  if (!isRecord(value)) throw invalid(text, undefined);
  return value;
}

/** The JSON objects that a text holds one after the other, the first at the beginning of a line; one that does not end, to the end. */
function objectsIn(text: string): readonly string[] {
  const rest = text.slice(Math.max(0, text.search(/^\s*\{/m)));
  const objects: string[] = [];
  let depth = 0;
  let begin = 0;
  // A bracket in a string is none.
  for (const { 0: piece, index } of rest.matchAll(/"(?:[^"\\]|\\.)*"|[{}]/gs)) {
    if (piece === "{" && depth++ === 0) begin = index;
    if (piece === "}" && --depth === 0) objects.push(rest.slice(begin, index + 1));
  }
  return depth === 0 && objects.length > 0 ? objects : [...objects, rest.slice(begin)];
}

/** What the makefiles' variables tell of a package; undefined where the tree has not told them. */
interface PackageVariables {
  readonly overrideDir: string | undefined;
  readonly gitLfs: boolean;
}

function variablesOf(name: string, told: Record<string, unknown> | undefined): PackageVariables | undefined {
  if (told === undefined) return undefined;
  const valueOf = (suffix: string): string | undefined => {
    // Buildroot's UPPERCASE.
    const entry = told[`${name.toUpperCase().replaceAll(/[-.]/g, "_")}_${suffix}`];
    return isRecord(entry) ? text(entry["expanded"])?.replaceAll('"', "").trim() || undefined : undefined;
  };
  return { overrideDir: valueOf("OVERRIDE_SRCDIR"), gitLfs: valueOf("GIT_LFS") !== undefined };
}

function packageInfo(name: string, value: unknown, told: PackageVariables | undefined): PackageInfo {
  if (!isRecord(value)) throw invalid(name, undefined);
  const { type } = value;
  if (type !== "target" && type !== "host" && type !== "rootfs") throw invalid(name, undefined);
  const recipe = text(value["version"]);
  const custom = (text(value["stamp_dir"]) ?? "").endsWith(`-${customVersion}`);
  // A local package has its folder in that variable, too, and its own version. Without the variables a version that is called custom
  // may be an overridden source's or the package's own.
  const overridden = custom && (told === undefined ? recipe !== customVersion : told.overrideDir !== undefined);
  const downloads = list(value["downloads"]).filter(isRecord).map(download);
  return {
    type,
    name: text(value["name"]) ?? name,
    version: overridden ? customVersion : recipe,
    recipeVersion: overridden && recipe !== customVersion ? recipe : undefined,
    virtual: value["virtual"] === true,
    licenses: text(value["licenses"]),
    cpeId: text(value["cpe-id"]),
    ignoredCves: texts(value["ignore_cves"]),
    dependencies: texts(value["dependencies"]),
    reverseDependencies: texts(value["reverse_dependencies"]),
    dlDir: text(value["dl_dir"]),
    downloads: overridden || isLocal(downloads, told) ? [] : downloads,
    hashFiles: texts(value["hashes"]),
    overridden,
    overrideDir: overridden ? told?.overrideDir : undefined,
    gitLfs: told?.gitLfs === true,
    imageName: text(value["image_name"]),
    packageDir: text(value["package_dir"]),
    stampDir: text(value["stamp_dir"]),
    installSteps: installSteps(type, value),
    patches: texts(value["patches"]),
  };
}

/** What Buildroot calls the version of an overridden source (package/pkg-generic.mk). */
const customVersion = "custom";

/** True for a package of a local folder (`SITE_METHOD = local`): the tarball that Buildroot names for it is nowhere, and never read. */
function isLocal(downloads: readonly PackageDownload[], told: PackageVariables | undefined): boolean {
  return told?.overrideDir !== undefined || downloads.some(({ uris }) => uris.some((uri) => uri.startsWith("local+")));
}

/** By their names in the instrumentation. */
function installSteps(type: PackageInfo["type"], value: Record<string, unknown>): readonly string[] {
  if (type === "host") return ["install-host"];
  const kinds = {
    "install-staging": "install_staging",
    "install-target": "install_target",
    "install-image": "install_images",
  };
  return Object.entries(kinds)
    .filter(([, key]) => value[key] === true)
    .map(([step]) => step);
}

function download(value: Record<string, unknown>): PackageDownload {
  return { source: text(value["source"]) ?? "", uris: texts(value["uris"]) };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function texts(value: unknown): readonly string[] {
  return list(value).filter((one) => typeof one === "string");
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function invalid(given: string, cause: unknown): BuildrootError {
  return new BuildrootError("INFO_INVALID", `make show-info printed no package information: ${given.slice(0, 80)}`, {
    hint: "Run it by hand to see all of it: make show-info.",
    details: { output: given.slice(0, 2000) },
    cause,
  });
}
