import type { Diagnostic } from "../base/diagnostics.js";
import { linux } from "../dialect/linux.js";
import type { Dialect } from "../dialect/dialect.js";
import type { FileNode } from "./ast.js";
import { parseFile } from "./parse-file.js";

export interface ParseOptions {
  /** The name that diagnostics give the file. Default: `Kconfig`. */
  readonly path?: string;
  /** Default: `linux`. */
  readonly dialect?: Dialect;
}

/**
 * Parses the text of one Kconfig file: syntax only, nothing is sourced or expanded. Never throws on any text; every
 * mistake of the file is a diagnostic, and the rest is parsed.
 */
export function parse(text: string, options: ParseOptions = {}): { file: FileNode; diagnostics: Diagnostic[] } {
  return parseFile(text, options.path ?? "Kconfig", options.dialect ?? linux);
}
