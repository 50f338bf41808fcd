import type { Keyword, SymbolTypeName } from "../dialect/dialect.js";
import type { ExpressionNode, OptionNode, WordNode } from "./ast.js";
import type { LineReader } from "./line-reader.js";
import { parseExpression } from "./parse-expression.js";
import { findHelpEnd } from "./parse-help.js";
import { Token } from "./tokens.js";

/** The `if` at the end of an option: nothing, a condition, or a reported mistake. */
type Condition = { readonly condition?: ExpressionNode } | undefined;

/**
 * Parses the option on the line at hand, whose first word is `keyword` and has been read. `undefined` after a report, or
 * where the keyword starts no option (nothing is reported then).
 */
export function parseOption(reader: LineReader, keyword: Keyword): OptionNode | undefined {
  const place = { line: reader.line, start: reader.start, end: reader.end };
  if (keyword.startsWith("type-")) return parseType(reader, keyword.slice(5) as SymbolTypeName, place);
  if (keyword.startsWith("def-")) return parseDefault(reader, keyword.slice(4) as SymbolTypeName, place);
  switch (keyword) {
    case "default":
      return parseDefault(reader, undefined, place);
    case "prompt": {
      const prompt = parsePrompt(reader);
      const condition = prompt && parseCondition(reader);
      return condition && { ...place, kind: "prompt", prompt: prompt!, ...condition };
    }
    case "select":
    case "imply": {
      const symbol = bareWord(reader, "the name of a symbol");
      const condition = symbol && parseCondition(reader);
      return condition && { ...place, kind: keyword, symbol: symbol!, ...condition };
    }
    case "range":
      return parseRange(reader, place);
    case "depends":
      return parseDepends(reader, place);
    case "visible": {
      const condition = parseCondition(reader);
      return condition && { ...place, kind: "visible", ...condition };
    }
    case "optional":
    case "modules":
    case "transitional":
      return reader.expectEnd() ? { ...place, kind: keyword } : undefined;
    case "option":
      return parseOptionItems(reader, place);
    case "help":
      return parseHelp(reader, place);
    default:
      return undefined;
  }
}

interface Place {
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

function parseType(reader: LineReader, type: SymbolTypeName, place: Place): OptionNode | undefined {
  if (reader.kind === undefined) return { ...place, kind: "type", type };
  const prompt = parsePrompt(reader);
  const condition = prompt && parseCondition(reader);
  return condition && { ...place, kind: "type", type, prompt: prompt!, ...condition };
}

function parseDefault(reader: LineReader, type: SymbolTypeName | undefined, place: Place): OptionNode | undefined {
  const value = parseExpression(reader);
  const condition = value && parseCondition(reader);
  return (
    condition && { ...place, kind: "default", value: value!, ...(type === undefined ? {} : { type }), ...condition }
  );
}

function parseRange(reader: LineReader, place: Place): OptionNode | undefined {
  const low = reader.word("the lower bound");
  const high = low && reader.word("the upper bound");
  const condition = high && parseCondition(reader);
  return condition && { ...place, kind: "range", low: low!, high: high!, ...condition };
}

function parseDepends(reader: LineReader, place: Place): OptionNode | undefined {
  if (!reader.acceptWord("on")) {
    reader.unexpected('"on"');
    return undefined;
  }
  const dependency = parseExpression(reader);
  if (dependency === undefined) return undefined;
  if (!reader.syntax.conditionalDepends) {
    return reader.expectEnd() ? { ...place, kind: "depends", dependency } : undefined;
  }
  const condition = parseCondition(reader);
  return condition && { ...place, kind: "depends", dependency, ...condition };
}

function parseOptionItems(reader: LineReader, place: Place): OptionNode | undefined {
  const items: { name: WordNode; value?: WordNode }[] = [];
  while (reader.kind !== undefined) {
    const name = bareWord(reader, "the name of an option");
    if (name === undefined) return undefined;
    const value = reader.accept(Token.equal) ? reader.word("a value") : undefined;
    items.push(value === undefined ? { name } : { name, value });
  }
  return { ...place, kind: "option", items };
}

function parseHelp(reader: LineReader, place: Place): OptionNode | undefined {
  if (!reader.expectEnd()) return undefined;
  const start = reader.end;
  const { end, lines } = findHelpEnd(reader.text, start);
  reader.jump(end, lines);
  return { ...place, kind: "help", end, body: { start, end } };
}

/** `if EXPRESSION` and the end of the line. */
export function parseCondition(reader: LineReader): Condition {
  if (reader.kind === undefined) return {};
  if (!reader.acceptWord("if")) {
    reader.unexpected('"if" or the end of the line');
    return undefined;
  }
  const condition = parseExpression(reader);
  return condition !== undefined && reader.expectEnd() ? { condition } : undefined;
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
