import { BuildrootError } from "./errors.js";
import type { FetchedRelease, FetchReleaseOptions, LocatedBuildroot, LocateOptions } from "./types.js";

export {
  BuildrootError,
  isBuildFailed,
  type BuildFailedError,
  type BuildFailure,
  type BuildrootErrorCode,
  type FailureKind,
} from "./errors.js";
export { openBuildroot } from "./open.js";
export type {
  BuildHost,
  BuildOptions,
  BuildResult,
  BuildRun,
  Buildroot,
  BuildrootEvent,
  BuildrootRelease,
  CleanOptions,
  ConfigureOptions,
  ConfigureResult,
  Defconfig,
  Environment,
  ExternalTree,
  FetchReleaseOptions,
  FetchedRelease,
  GitRelease,
  ImageFile,
  LocateOptions,
  LocatedBuildroot,
  MakeOptions,
  MakeResult,
  OpenOptions,
  PackageDownload,
  PackageInfo,
  PackageInfos,
  SaveKind,
  SaveOptions,
  SaveResult,
  SavedFile,
  SettingMismatch,
  SettingValue,
  ShowInfoOptions,
  SkippedSave,
  Step,
  StepRecord,
  TarballRelease,
  WarningCode,
} from "./types.js";

/** Finds a Buildroot tree: named, BR2_UPSTREAM, a clone's submodule, or a release in the cache. */
export async function locateBuildroot(_options: LocateOptions): Promise<LocatedBuildroot> {
  throw new BuildrootError("INTERNAL", "locateBuildroot is not written yet");
}

/** Fetches a pinned release into the cache, verified before it is used. */
export async function fetchRelease(_options: FetchReleaseOptions): Promise<FetchedRelease> {
  throw new BuildrootError("INTERNAL", "fetchRelease is not written yet");
}
