export { formatDiagnostic } from "./base/diagnostics.js";
export { dialects } from "./dialect/dialects.js";
export { KconfigError } from "./errors.js";
export { helpText } from "./syntax/parse-help.js";
export { parse } from "./syntax/parse.js";

export type { Diagnostic, DiagnosticCode, Severity } from "./base/diagnostics.js";
export type { Dialect } from "./dialect/dialect.js";
export type { KconfigErrorCode } from "./errors.js";
export type {
  AssignmentNode,
  ChoiceNode,
  CommentNode,
  ComparisonOperator,
  ConfigNode,
  ExpressionNode,
  FileNode,
  IfNode,
  MacroNode,
  MainMenuNode,
  MenuNode,
  OptionNode,
  SourceNode,
  Span,
  StatementNode,
  WordNode,
} from "./syntax/ast.js";
export type { ParseOptions } from "./syntax/parse.js";
