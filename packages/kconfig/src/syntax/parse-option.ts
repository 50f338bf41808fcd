import type { Keyword, SymbolTypeName } from "../dialect/dialect.js";
import type { ExpressionNode, OptionNode, WordNode } from "./ast.js";
import type { LineReader } from "./line-reader.js";
import { parseExpression } from "./parse-expression.js";
import { findHelpEnd } from "./parse-help.js";
import * as Token from "./token-kinds.js";

/**
 * Parses the option on the line at hand, whose first word is `keyword` and has been read. `undefined` after a report, or
 * where the keyword starts no option (nothing is reported then).
 */
export function parseOption(reader: LineReader, keyword: Keyword): OptionNode | undefined {
  const { line, start, end } = reader;
  switch (keyword) {
    case "type-bool":
    case "type-tristate":
    case "type-int":
    case "type-hex":
    case "type-string":
      return parseType(reader, keyword.slice(5) as SymbolTypeName);
    case "default":
      return parseDefault(reader, undefined);
    case "def-bool":
    case "def-tristate":
    case "def-int":
    case "def-hex":
    case "def-string":
      return parseDefault(reader, keyword.slice(4) as SymbolTypeName);
    case "prompt": {
      const prompt = parsePrompt(reader);
      const condition = prompt && parseCondition(reader);
      return condition && { kind: keyword, line, start, end, prompt: prompt!, condition: condition.expression };
    }
    case "select":
    case "imply": {
      const symbol = bareWord(reader, "the name of a symbol");
      const condition = symbol && parseCondition(reader);
      return condition && { kind: keyword, line, start, end, symbol: symbol!, condition: condition.expression };
    }
    case "range":
      return parseRange(reader);
    case "depends":
      return parseDepends(reader);
    case "visible": {
      const condition = parseCondition(reader);
      return condition && { kind: keyword, line, start, end, condition: condition.expression };
    }
    case "optional":
    case "modules":
    case "transitional":
      return reader.expectEnd() ? { kind: keyword, line, start, end } : undefined;
    case "option":
      return parseOptionItems(reader);
    case "help":
      return parseHelp(reader);
    default:
      return undefined;
  }
}

function parseType(reader: LineReader, type: SymbolTypeName): OptionNode | undefined {
  const { line, start, end } = reader;
  if (reader.kind === undefined) {
    return { kind: "type", line, start, end, type, prompt: undefined, condition: undefined };
  }
  const prompt = parsePrompt(reader);
  const condition = prompt && parseCondition(reader);
  return condition && { kind: "type", line, start, end, type, prompt, condition: condition.expression };
}

function parseDefault(reader: LineReader, type: SymbolTypeName | undefined): OptionNode | undefined {
  const { line, start, end } = reader;
  const value = parseExpression(reader);
  const condition = value && parseCondition(reader);
  return condition && { kind: "default", line, start, end, type, value: value!, condition: condition.expression };
}

function parseRange(reader: LineReader): OptionNode | undefined {
  const { line, start, end } = reader;
  const low = reader.word("the lower bound");
  const high = low && reader.word("the upper bound");
  const condition = high && parseCondition(reader);
  return condition && { kind: "range", line, start, end, low: low!, high: high!, condition: condition.expression };
}

function parseDepends(reader: LineReader): OptionNode | undefined {
  const { line, start, end } = reader;
  if (!reader.acceptWord("on") && !reader.syntax.bareDepends) {
    reader.unexpected('"on"');
    return undefined;
  }
  const dependency = parseExpression(reader);
  if (dependency === undefined) return undefined;
  if (!reader.syntax.conditionalDepends) {
    return reader.expectEnd() ? { kind: "depends", line, start, end, dependency, condition: undefined } : undefined;
  }
  const condition = parseCondition(reader);
  return condition && { kind: "depends", line, start, end, dependency, condition: condition.expression };
}

function parseOptionItems(reader: LineReader): OptionNode | undefined {
  const { line, start, end } = reader;
  const items: { name: WordNode; value: WordNode | undefined }[] = [];
  while (reader.kind !== undefined) {
    const name = bareWord(reader, "the name of an option");
    if (name === undefined) return undefined;
    items.push({ name, value: reader.accept(Token.equal) ? reader.word("a value") : undefined });
  }
  return { kind: "option", line, start, end, items };
}

function parseHelp(reader: LineReader): OptionNode | undefined {
  const { line, start, end: bodyStart } = reader;
  if (!reader.expectEnd()) return undefined;
  const { end, lines } = findHelpEnd(reader.text, bodyStart);
  reader.jump(end, lines);
  return { kind: "help", line, start, end, body: { start: bodyStart, end } };
}

/** The `if` at the end of an option: an expression or nothing. */
interface Condition {
  readonly expression: ExpressionNode | undefined;
}

const unconditional: Condition = { expression: undefined };

/** `if EXPRESSION` and the end of the line; `undefined` after a report. */
function parseCondition(reader: LineReader): Condition | undefined {
  if (reader.kind === undefined) return unconditional;
  if (!reader.acceptWord("if")) {
    reader.unexpected('"if" or the end of the line');
    return undefined;
  }
  const expression = parseExpression(reader);
  return expression !== undefined && reader.expectEnd() ? { expression } : undefined;
}

/** A prompt or title: a string, or in some dialects a bare word. */
export function parsePrompt(reader: LineReader): WordNode | undefined {
  if (reader.kind === Token.word && !reader.syntax.barePrompts) {
    reader.unexpected("a quoted string");
    return undefined;
  }
  return reader.word("a string");
}

/** A word without quotes: the name of a symbol. */
export function bareWord(reader: LineReader, wanted: string): WordNode | undefined {
  if (reader.kind !== Token.word) {
    reader.unexpected(wanted);
    return undefined;
  }
  return reader.word(wanted);
}
