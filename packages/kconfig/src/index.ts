export { formatDiagnostic } from "./base/diagnostics.js";
export { memoryHost } from "./base/host.js";
export { nearestNames } from "./base/nearest-names.js";
export { ConfigDocument } from "./config/document.js";
export { readConfig } from "./config/read.js";
export { KconfigError } from "./errors.js";

export type { Diagnostic, DiagnosticCode, Severity } from "./base/diagnostics.js";
export type { Environment } from "./base/environment.js";
export type { KconfigHost, ShellResult } from "./base/host.js";
export type { ValueSpelling } from "./config/document.js";
export type { ConfigAssignment, ConfigFormat } from "./config/read.js";
export type { KconfigErrorCode } from "./errors.js";
