import { LineTable } from "../base/position.js";
import { parseNumber } from "../base/numbers.js";
import type { FileNode, OptionNode } from "../syntax/ast.js";
import type { LintFinding } from "./finding.js";
import { statementsOf } from "./references.js";

/** Lines of config statements that change nothing, and ranges that no value meets; each follows from its entry alone. */
export function findRedundant(files: readonly FileNode[]): LintFinding[] {
  return files.flatMap((file) => {
    const lines = new LineTable(file.text);
    const findings: LintFinding[] = [];
    for (const statement of statementsOf(file)) {
      if (statement.kind !== "config" && statement.kind !== "menuconfig") continue;
      for (const { option, code, message } of checkOptions(file, statement.options)) {
        const { line } = option;
        const excerpt = lines.line(line).slice(0, 200);
        const column = excerpt.length - excerpt.trimStart().length + 1;
        const severity = code === "redundant-line" ? "information" : "warning";
        const place = { path: file.path, line, column, excerpt, symbol: statement.name.text };
        findings.push({ code, severity, ...place, message });
      }
    }
    return findings;
  });
}

interface Remark {
  readonly option: OptionNode;
  readonly code: "redundant-line" | "range-empty" | "default-out-of-range";
  readonly message: string;
}

function* checkOptions(file: FileNode, options: readonly OptionNode[]): Generator<Remark> {
  let always: OptionNode | undefined;
  const seen = new Map<string, number>();
  for (const option of options) {
    if (option.kind === "default") {
      if (always !== undefined) {
        const message = `This default never counts: the one on line ${always.line} has no condition.`;
        yield { option, code: "redundant-line", message };
      } else if (option.condition === undefined) always = option;
    }
    if (option.kind === "select" || option.kind === "imply" || option.kind === "depends") {
      const text = file.text.slice(option.start, option.end).replace(/#.*$/m, "").replace(/\s+/g, " ").trim();
      const before = seen.get(text);
      if (before !== undefined) {
        yield { option, code: "redundant-line", message: `Line ${before} says the same.` };
      } else seen.set(text, option.line);
    }
    if (option.kind === "range") yield* checkRange(option, options);
  }
}

function* checkRange(range: OptionNode & { kind: "range" }, options: readonly OptionNode[]): Generator<Remark> {
  const low = numberOf(range.low.text, range.low.macro);
  const high = numberOf(range.high.text, range.high.macro);
  if (low === undefined || high === undefined) return;
  if (low > high) {
    yield {
      option: range,
      code: "range-empty",
      message: `No number is within ${range.low.text} to ${range.high.text}.`,
    };
    return;
  }
  // The first range and the first default that have no condition are in force together.
  if (range.condition !== undefined || options.find(({ kind }) => kind === "range") !== range) return;
  for (const option of options) {
    if (option.kind !== "default" || option.value.kind !== "word") continue;
    const value = numberOf(option.value.text, option.value.macro);
    if (value === undefined || (value >= low && value <= high)) continue;
    const message = `The default ${option.value.text} is outside of ${range.low.text} to ${range.high.text}.`;
    yield { option, code: "default-out-of-range", message };
  }
}

function numberOf(text: string, macro: boolean): bigint | undefined {
  if (macro || !/^(-?\d+|0[xX][0-9a-fA-F]+)$/.test(text)) return undefined;
  return parseNumber(text, /^0[xX]/.test(text) ? 16 : 10).value;
}
