export { formatDiagnostic, type Diagnostic, type DiagnosticCode, type Severity } from "./base/diagnostics.js";
export { KconfigError, type KconfigErrorCode } from "./errors.js";
