export { formatDiagnostic } from "./base/diagnostics.js";
export { memoryHost } from "./base/host.js";
export { recordingHost } from "./base/shell-answers.js";
export { nearestNames } from "./base/nearest-names.js";
export { ConfigDocument } from "./config/document.js";
export { readConfig } from "./config/read.js";
export { TreeCache, type TreeCacheOptions, type TreeStore } from "./cache/tree-cache.js";
export { createConfiguration } from "./configuration/configuration.js";
export { lintTree } from "./analysis/lint.js";
export { compareTrees } from "./analysis/upgrade.js";
export { applyFragments } from "./explain/apply-fragments.js";
export { diffConfigs } from "./explain/diff.js";
export { editConfig } from "./explain/edit-config.js";
export { explain, traceValue, whyNot } from "./explain/explain.js";
export { findAssignments } from "./explain/find-assignments.js";
export { menuTree } from "./explain/menu-tree.js";
export { mergeFragments } from "./explain/merge.js";
export { detectDialect } from "./dialect/detect.js";
export { dialects, findDialect } from "./dialect/dialects.js";
export { KconfigError } from "./errors.js";
export { loadTree, requireValidTree } from "./model/tree.js";
export { helpText } from "./syntax/parse-help.js";
export { parse } from "./syntax/parse.js";

export type { AbortSignalLike } from "./base/abort.js";
export type { Diagnostic, DiagnosticCode, Severity } from "./base/diagnostics.js";
export type { Environment } from "./base/environment.js";
export type { KconfigHost, ShellResult } from "./base/host.js";
export type { RecordingHost, ShellAnswers } from "./base/shell-answers.js";
export type { Tristate } from "./base/tristate.js";
export type { ValueSpelling } from "./config/document.js";
export type { LoadReport } from "./config/load.js";
export type { Preset } from "./config/presets.js";
export type { ConfigAssignment, ConfigFormat } from "./config/read.js";
export type { Autoconf } from "./config/write-autoconf.js";
export type { TreeImage } from "./cache/columns.js";
export type { AssignResult, Configuration, LoadOptions, Snapshot } from "./configuration/configuration.js";
export type {
  Dialect,
  DialectFiles,
  DialectSemantics,
  DialectStatus,
  DialectSyntax,
  Keyword,
  SymbolTypeName,
} from "./dialect/dialect.js";
export type { LintCode, LintFinding } from "./analysis/finding.js";
export type { LintOptions } from "./analysis/lint.js";
export type { Rename } from "./analysis/renames.js";
export type { ChangedDefault, OneSided, UpgradedLine, UpgradeReport } from "./analysis/upgrade.js";
export type { ApplyOptions, Culprit, MergeReport, RequestOutcome } from "./explain/apply-fragments.js";
export type { ConfigDifference } from "./explain/diff.js";
export type { ConfigEdit, EditOutcome, EditReport } from "./explain/edit-config.js";
export type { Explanation, Obstacle, Trace, ValueOrigin } from "./explain/explain.js";
export type { Suggestion } from "./explain/find-assignments.js";
export type { MenuTreeFilter, MenuTreeNode } from "./explain/menu-tree.js";
export type { EarlierRequest, Fragment, MergedFragments, MergeOptions, RequestedValue } from "./explain/merge.js";
export type { Assignment } from "./explain/trial.js";
export type { UnmetDependencies } from "./evaluate/unmet.js";
export type { KconfigErrorCode } from "./errors.js";
export type { Menu } from "./model/menu.js";
export type { KconfigSymbol, Location, Property, PropertyKind } from "./model/symbol.js";
export type { KconfigTree, LoadTreeOptions } from "./model/tree.js";
export type { TreeMemory, TreeRequest } from "./model/tree-memory.js";
export type {
  ComparisonOperator,
  ExpressionNode,
  FileNode,
  OptionNode,
  Span,
  StatementNode,
  WordNode,
} from "./syntax/ast.js";
export type { ParseOptions } from "./syntax/parse.js";
