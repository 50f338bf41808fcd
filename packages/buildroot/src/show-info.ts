import { BuildrootError } from "./errors.js";
import { runCaptured } from "./run-make.js";
import { readConfiguration, type Session } from "./session.js";
import type { PackageDownload, PackageInfo, PackageInfos } from "./types.js";

/** Asks Buildroot for the packages of the configuration. Throws NOT_CONFIGURED, MAKE_FAILED, INFO_INVALID. */
export async function showInfo(session: Session, signal?: AbortSignal): Promise<PackageInfos> {
  return parseInfo(await readInfoText(session, signal));
}

/** What `make show-info` prints. Throws NOT_CONFIGURED, MAKE_FAILED. */
export async function readInfoText(session: Session, signal?: AbortSignal): Promise<string> {
  await readConfiguration(session);
  return runCaptured(session, { targets: ["show-info"], signal });
}

/** Reads `show-info`'s JSON; a makefile of an external tree may have printed something before it. */
export function parseInfo(text: string): PackageInfos {
  let value: unknown;
  try {
    value = JSON.parse(text.slice(Math.max(0, text.search(/^\s*\{/m))));
  } catch (cause) {
    throw invalid(text, cause);
  }
  if (!isRecord(value)) throw invalid(text, undefined);
  return Object.fromEntries(Object.entries(value).map(([name, info]) => [name, packageInfo(name, info)]));
}

function packageInfo(name: string, value: unknown): PackageInfo {
  if (!isRecord(value)) throw invalid(name, undefined);
  const { type } = value;
  if (type !== "target" && type !== "host" && type !== "rootfs") throw invalid(name, undefined);
  return {
    type,
    name: text(value["name"]) ?? name,
    version: text(value["version"]),
    virtual: value["virtual"] === true,
    licenses: text(value["licenses"]),
    cpeId: text(value["cpe-id"]),
    ignoredCves: texts(value["ignore_cves"]),
    dependencies: texts(value["dependencies"]),
    reverseDependencies: texts(value["reverse_dependencies"]),
    dlDir: text(value["dl_dir"]),
    downloads: list(value["downloads"]).filter(isRecord).map(download),
    hashFiles: texts(value["hashes"]),
    overridden: text(value["version"]) !== "custom" && (text(value["stamp_dir"]) ?? "").endsWith("-custom"),
    imageName: text(value["image_name"]),
    packageDir: text(value["package_dir"]),
    stampDir: text(value["stamp_dir"]),
    installSteps: installSteps(type, value),
    patches: texts(value["patches"]),
  };
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
