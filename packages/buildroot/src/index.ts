export {
  BuildrootError,
  isBuildFailed,
  type BuildFailedError,
  type BuildFailure,
  type BuildrootErrorCode,
  type FailedStep,
  type FailureCommands,
  type FailureKind,
} from "./errors.js";
export { formatMismatch } from "./config/lost.js";
export { diagnoseHost } from "./doctor/diagnose.js";
export { localDoctorHost } from "./doctor/host.js";
export type {
  Access,
  DiagnoseOptions,
  Diagnosis,
  DoctorHost,
  PackageManager,
  Problem,
  Severity,
  Space,
} from "./doctor/types.js";
export { explainLog, type ExplainLogOptions, type LogExplanation } from "./log/explain.js";
export type { Cause } from "./log/cause.js";
export { compareLock, formatDrift, parseLock, requireLock } from "./lockfile/compare.js";
export { createLock, type CreateLockOptions, formatLock } from "./lockfile/create.js";
export { lockSchema } from "./lockfile/schema.js";
export type { BuildLock, LockDrift, LockedFile, LockedSource, LockedToolchain, LockedTree } from "./lockfile/types.js";
export { githubWorkflow } from "./matrix/github.js";
export { gitlabPipeline } from "./matrix/gitlab.js";
export { kubernetesJob, type KubernetesOptions } from "./matrix/kubernetes.js";
export { type MatrixOutcome, runMatrix, type RunMatrixOptions } from "./matrix/run.js";
export type { MatrixEntry, PipelineOptions } from "./matrix/types.js";
export { openBuildroot } from "./open.js";
export { collectReport, type CollectReportOptions } from "./report/collect.js";
export { type Changed, diffReports, type ReportDifference } from "./report/diff.js";
export { loadReport, type LoadReportOptions } from "./report/load.js";
export { renderReport } from "./report/page/page.js";
export { createSbom, type Sbom, type SbomOptions } from "./report/sbom.js";
export type { BuildReport, ReportImage, ReportPackage, ReportSource, ReportStep } from "./report/types.js";
export { fetchRelease } from "./sources/fetch-release.js";
export { locateBuildroot } from "./sources/locate.js";
export { prepareSources, type PreparedSources, type PrepareSourcesOptions } from "./sources/collect.js";
export { openSourceArchive, type OpenSourceArchiveOptions, type SourceArchive } from "./sources/debian-archive.js";
export { exportSources, type ExportedSources, type ExportSourcesOptions } from "./sources/export.js";
export { fetchSources, type FetchSourcesOptions } from "./sources/fetch-sources.js";
export type { FileHash, HashAlgorithm } from "./sources/hash.js";
export { parseHashFile, readHashFiles, type HashLine, type HashTable } from "./sources/hash-files.js";
export { type ProbedSource, type ProbeOptions, probeSources, type Reachability } from "./sources/probe.js";
export type { Sites } from "./sources/places.js";
export { planSources, type PlanSourcesOptions } from "./sources/plan.js";
export type {
  FetchSourcesResult,
  OverriddenSource,
  SourceFile,
  SourceOutcome,
  SourcePlace,
  SourcePlaceKind,
  SourcePlan,
  SourceResult,
  SourceVerdict,
} from "./sources/source-types.js";
export { verifySources } from "./sources/verify-sources.js";
export { keptAnswers } from "./process/answers.js";
export type { DebianHost } from "./apt/host.js";
export type { AptEntry } from "./apt/source-entries.js";
export { layOutDebianToolchain } from "./toolchain/lay-out.js";
export type { ToolchainArchitecture } from "./toolchain/target.js";
export type { DebianToolchain, LayOutToolchainOptions, ToolchainFacts, ToolchainPackage } from "./toolchain/types.js";
export type {
  BuildHost,
  BuildOptions,
  BuildProgress,
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
  PackageRebuild,
  ProgramAnswer,
  ProgramAnswers,
  RebuildAction,
  RebuildAdvice,
  RebuildAdviceOptions,
  RebuildLevel,
  RebuildPolicy,
  RebuildReason,
  RunningStep,
  SaveKind,
  SaveOptions,
  SaveResult,
  SavedFile,
  SettingChange,
  SettingMismatch,
  SettingSuggestion,
  SettingValue,
  ShowInfoOptions,
  SkippedSave,
  Step,
  StepRecord,
  TarballRelease,
  WarningCode,
} from "./types.js";
