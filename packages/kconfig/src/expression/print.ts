import * as Kind from "./kinds.js";
import { NONE, type Expression, type ExpressionPool } from "./pool.js";

const operators: Readonly<Record<number, string>> = {
  [Kind.equal]: "=",
  [Kind.unequal]: "!=",
  [Kind.less]: "<",
  [Kind.lessEqual]: "<=",
  [Kind.greater]: ">",
  [Kind.greaterEqual]: ">=",
};

/** A piece of the output, or an expression still to print within an operator of strength `outer`. */
type Piece = string | { readonly expression: Expression; readonly outer: number };

/** An expression as the C tool prints it; `nameOf` gives a symbol's text. Keeps its own stack. */
export function printExpression(pool: ExpressionPool, root: Expression, nameOf: (symbol: number) => string): string {
  if (root === NONE) return "y";
  let result = "";
  const pieces: Piece[] = [{ expression: root, outer: 0 }];
  for (let piece = pieces.pop(); piece !== undefined; piece = pieces.pop()) {
    if (typeof piece === "string") {
      result += piece;
      continue;
    }
    const { expression, outer } = piece;
    const kind = pool.kind(expression);
    if (kind === Kind.symbol) result += nameOf(pool.left(expression));
    else if (kind === Kind.not) {
      result += "!";
      pieces.push({ expression: pool.left(expression), outer: 3 });
    } else if (kind === Kind.and || kind === Kind.or) {
      const strength = kind === Kind.and ? 2 : 1;
      const parenthesis = outer > strength;
      if (parenthesis) pieces.push(")");
      const operands = pool.operands(expression);
      for (let index = operands.length - 1; index >= 0; index--) {
        pieces.push({ expression: operands[index]!, outer: strength });
        if (index > 0) pieces.push(kind === Kind.and ? " && " : " || ");
      }
      if (parenthesis) pieces.push("(");
    } else result += nameOf(pool.left(expression)) + operators[kind]! + nameOf(pool.right(expression));
  }
  return result;
}
