import { LineTable } from "./position.js";

export type Severity = "error" | "warning" | "information";

/** Which problem a diagnostic names. Tests and programs match on this, never on the prose. */
export type DiagnosticCode =
  // lexer
  | "unterminated-string"
  | "unknown-character"
  | "nul-byte"
  | "carriage-return"
  | "help-repeated"
  | "help-empty"
  // parser
  | "unexpected-token"
  | "unexpected-end"
  | "missing-end"
  | "mismatched-end"
  | "invalid-statement"
  | "invalid-option"
  | "invalid-expression"
  | "unsupported-keyword"
  | "missing-newline-at-end"
  // macros and files
  | "source-not-found"
  | "source-recursive"
  | "source-repeated"
  | "macro-unterminated"
  | "macro-recursive"
  | "macro-unknown"
  | "macro-arguments"
  | "macro-limit"
  | "macro-empty"
  | "macro-warning"
  | "macro-error"
  | "macro-information"
  | "shell-unavailable"
  | "shell-message"
  // model
  | "type-redefined"
  | "prompt-redefined"
  | "prompt-blank"
  | "default-type"
  | "select-type"
  | "range-type"
  | "range-invalid"
  | "choice-type"
  | "choice-member"
  | "choice-default"
  | "choice-without-prompt"
  | "menuconfig-without-prompt"
  | "config-untyped"
  | "recursive-dependency"
  | "environment-unset"
  | "redefined-option"
  | "transitional-property"
  | "comparison-with-m"
  // configuration files
  | "config-unexpected-data"
  | "config-invalid-value"
  | "config-undefined-symbol"
  | "config-promptless-symbol"
  | "config-reassigned"
  | "config-choice-conflict"
  | "select-unmet-dependencies"
  | "value-out-of-range";

/** One finding about a text, with its place. Lines and columns count from 1. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  /** The cause in one sentence. */
  readonly message: string;
  readonly path: string;
  readonly line: number;
  readonly column: number;
  /** The line of the text that the finding is about; absent where the text was not at hand. */
  readonly excerpt?: string;
  /** What to do about it. */
  readonly hint?: string;
  /** What the dialect's own tool says, with the path and the line that it names. */
  readonly conf?: string;
}

/** What a stage calls to report: offset into the current text, code, message. */
export type Report = (code: DiagnosticCode, offset: number, message: string, hint?: string) => void;

const excerptLimit = 200;

/** Collects the findings of one text. */
export class DiagnosticSink {
  readonly diagnostics: Diagnostic[] = [];
  readonly #path: string;
  readonly #lines: LineTable;

  constructor(text: string, path: string) {
    this.#path = path;
    this.#lines = new LineTable(text);
  }

  add(severity: Severity, code: DiagnosticCode, offset: number, message: string, hint?: string): void {
    const { line, column } = this.#lines.position(offset);
    const excerpt = this.#lines.line(line).slice(0, excerptLimit);
    this.diagnostics.push({
      code,
      severity,
      message,
      path: this.#path,
      line,
      column,
      excerpt,
      ...(hint === undefined ? {} : { hint }),
    });
  }

  error(code: DiagnosticCode, offset: number, message: string, hint?: string): void {
    this.add("error", code, offset, message, hint);
  }

  warning(code: DiagnosticCode, offset: number, message: string, hint?: string): void {
    this.add("warning", code, offset, message, hint);
  }
}

/** One diagnostic as people read it: place, severity, message, the line with a caret below, the hint. */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  const { path, line, column, severity, message, code, excerpt, hint } = diagnostic;
  const parts = [`${path}:${line}:${column}: ${severity}: ${message} [${code}]`];
  if (excerpt !== undefined && excerpt !== "" && column <= excerpt.length + 1) {
    const indent = excerpt.slice(0, column - 1).replace(/[^\t]/g, " ");
    parts.push(`    ${excerpt}`, `    ${indent}^`);
  }
  if (hint !== undefined) parts.push(`    hint: ${hint}`);
  return parts.join("\n");
}
