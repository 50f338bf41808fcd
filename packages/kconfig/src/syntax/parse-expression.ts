import type { ComparisonOperator, ExpressionNode, WordNode } from "./ast.js";
import type { LineReader } from "./line-reader.js";
import * as Token from "./token-kinds.js";
import type { TokenKind } from "./tokens.js";

const comparisons: Readonly<Partial<Record<TokenKind, ComparisonOperator>>> = {
  [Token.equal]: "=",
  [Token.unequal]: "!=",
  [Token.less]: "<",
  [Token.lessEqual]: "<=",
  [Token.greater]: ">",
  [Token.greaterEqual]: ">=",
};

/** What is open between two parentheses: finished OR operands, the AND operands at hand, the `!` before the parenthesis. */
interface Level {
  readonly alternatives: ExpressionNode[];
  conjuncts: ExpressionNode[];
  negations: number;
}

/**
 * Parses an expression at the reader's place: `||` binds least, then `&&`, then `!` and comparisons. Keeps its own
 * stack, so that depth costs memory and not the call stack. Reports and returns `undefined` where it cannot go on.
 */
export function parseExpression(reader: LineReader): ExpressionNode | undefined {
  if (reader.kind === Token.word && (reader.nextKind ?? Token.word) === Token.word) return reader.word("a symbol");
  const levels: Level[] = [{ alternatives: [], conjuncts: [], negations: 0 }];
  for (;;) {
    const level = levels.at(-1)!;
    if (reader.accept(Token.not)) {
      level.negations++;
      continue;
    }
    if (reader.accept(Token.open)) {
      levels.push({ alternatives: [], conjuncts: [], negations: 0 });
      continue;
    }
    const operand = parseOperand(reader);
    if (operand === undefined) return undefined;
    add(level, operand);
    const result = closeLevels(reader, levels);
    if (result !== "operand") return result;
  }
}

/** After an operand: closes parentheses; "operand" where an operator asks for another one. */
function closeLevels(reader: LineReader, levels: Level[]): ExpressionNode | "operand" | undefined {
  for (;;) {
    const level = levels.at(-1)!;
    if (reader.accept(Token.and)) return "operand";
    if (reader.accept(Token.or)) {
      level.alternatives.push(join("and", level.conjuncts));
      level.conjuncts = [];
      return "operand";
    }
    const node = finish(level);
    if (levels.length === 1) return node;
    if (!reader.accept(Token.close)) {
      reader.unexpected("a closing parenthesis or an operator");
      return undefined;
    }
    levels.pop();
    add(levels.at(-1)!, node);
  }
}

function parseOperand(reader: LineReader): ExpressionNode | undefined {
  const left = reader.word("a symbol");
  if (left === undefined) return undefined;
  const operator = comparisons[reader.kind as TokenKind];
  if (operator === undefined) return left;
  reader.skip();
  const right: WordNode | undefined = reader.word("a symbol or a value");
  return right === undefined ? undefined : { kind: "compare", operator, left, right };
}

function add(level: Level, operand: ExpressionNode): void {
  let node = operand;
  for (; level.negations > 0; level.negations--) node = { kind: "not", operand: node };
  level.conjuncts.push(node);
}

function finish(level: Level): ExpressionNode {
  level.alternatives.push(join("and", level.conjuncts));
  return join("or", level.alternatives);
}

function join(kind: "and" | "or", operands: ExpressionNode[]): ExpressionNode {
  return operands.length === 1 ? operands[0]! : { kind, operands };
}
