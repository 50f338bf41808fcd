export { agentContract } from "./contract/contract.js";
export { kernelOptions } from "./contract/kernel.js";
export { pythonSymbols } from "./contract/python.js";
export { agentTools } from "./contract/tools.js";
export { PresetError } from "./errors.js";
export { locateExternalTree } from "./external-tree.js";
export { injectionEntries } from "./inject/entries.js";
export { injectIntoImage, type InjectOptions, type InjectResult } from "./inject/inject.js";
export { writeNewc } from "./inject/newc.js";
export { ipaPreset } from "./preset.js";
export { formatChange } from "./python/diff.js";
export { constraintsUrl, onlineSource } from "./python/online.js";
export { planPackages, writePackages } from "./python/update.js";
export { makeLicenceManifest } from "./release/licences.js";
export { assembleRelease, type ReleasedFile, type ReleaseOptions } from "./release/release.js";

export type { AgentContract, KernelOption, KernelPurpose, Tier, Tool } from "./contract/types.js";
export type { PresetErrorCode } from "./errors.js";
export type { ArchiveEntry, Injection, NamedText } from "./inject/types.js";
export type { Fetch, OnlineOptions } from "./python/online.js";
export type {
  Adjustment,
  BuildrootPythonPackage,
  BuildSystem,
  Finding,
  LicenceFile,
  ProjectFacts,
  ProjectSource,
  ReleaseConstraints,
  Resolution,
  ResolvedPackage,
} from "./python/types.js";
export type { FileChange, PackagesPlan, PlanPackagesOptions, VersionChange } from "./python/update.js";
export type { Preset, PresetArchitecture, PresetImages, PresetLogin, PresetMachine, Profile } from "./types.js";
