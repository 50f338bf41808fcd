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

/** Finished operands, those of the innermost parentheses last. Used again for every expression: none is parsed within another. */
const nodes: ExpressionNode[] = [];
let count = 0;

/** What is open between two parentheses. */
interface Level {
  /** Where its finished OR operands begin among the nodes. */
  readonly alternatives: number;
  /** Where the AND operands at hand begin. */
  conjuncts: number;
  /** The `!` before the operand that comes next. */
  negations: number;
}

/**
 * Parses an expression at the reader's place: `||` binds least, then `&&`, then `!` and comparisons. Keeps its own
 * stack, so that depth costs memory and not the call stack. Reports and returns `undefined` where it cannot go on.
 */
export function parseExpression(reader: LineReader): ExpressionNode | undefined {
  if (reader.kind === Token.word && (reader.nextKind ?? Token.word) === Token.word) return reader.word("a symbol");
  count = 0;
  let level: Level = { alternatives: 0, conjuncts: 0, negations: 0 };
  const around: Level[] = [];
  for (;;) {
    if (reader.accept(Token.not)) {
      level.negations++;
      continue;
    }
    if (reader.accept(Token.open)) {
      around.push(level);
      level = { alternatives: count, conjuncts: count, negations: 0 };
      continue;
    }
    const operand = parseOperand(reader);
    if (operand === undefined) return undefined;
    add(level, operand);
    // after an operand: parentheses are closed, until an operator asks for another one
    for (;;) {
      if (reader.accept(Token.and)) break;
      join("and", level.conjuncts);
      if (reader.accept(Token.or)) {
        level.conjuncts = count;
        break;
      }
      join("or", level.alternatives);
      const node = nodes[--count]!;
      const outer = around.pop();
      if (outer === undefined) return node;
      if (!reader.accept(Token.close)) {
        reader.unexpected("a closing parenthesis or an operator");
        return undefined;
      }
      level = outer;
      add(level, node);
    }
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
  nodes[count++] = node;
}

/** Puts the nodes from `start` on together into one. */
function join(kind: "and" | "or", start: number): void {
  if (count > start + 1) nodes[start] = { kind, operands: nodes.slice(start, count) };
  count = start + 1;
}
