import * as Kind from "../expression/kinds.js";
import type { Expression, ExpressionKind, ExpressionPool } from "../expression/pool.js";
import type { ComparisonOperator, ExpressionNode, WordNode } from "../syntax/ast.js";

const kinds: Readonly<Record<ComparisonOperator, ExpressionKind>> = {
  "=": Kind.equal,
  "!=": Kind.unequal,
  "<": Kind.less,
  "<=": Kind.lessEqual,
  ">": Kind.greater,
  ">=": Kind.greaterEqual,
};

/** An expression whose operands are being converted. */
interface Frame {
  readonly node: Exclude<ExpressionNode, { readonly kind: "word" | "compare" }>;
  /** The operand at hand. */
  at: number;
  /** Where its chain begins. */
  readonly start: number;
  /** What waits for this one. */
  readonly outer: Frame | undefined;
}

/** Puts an expression of the syntax tree into the pool; symbols are looked up in the order of the text. Keeps its own stack. */
export function convertExpression(
  pool: ExpressionPool,
  root: ExpressionNode,
  symbolOf: (word: WordNode) => number,
): Expression {
  let frame: Frame | undefined;
  let node = root;
  for (;;) {
    let value: Expression;
    if (node.kind === "word") value = pool.symbol(symbolOf(node));
    else if (node.kind === "compare") {
      const left = symbolOf(node.left);
      value = pool.compare(kinds[node.operator], left, symbolOf(node.right));
    } else {
      frame = { node, at: 0, start: pool.openChain(), outer: frame };
      node = node.kind === "not" ? node.operand : node.operands[0]!;
      continue;
    }
    // What waits for this operand goes on with the next one, or is done itself.
    for (;;) {
      if (frame === undefined) return value;
      if (frame.node.kind === "not") value = pool.not(value);
      else {
        const kind = frame.node.kind === "and" ? Kind.and : Kind.or;
        pool.chain(kind, value);
        const next = frame.node.operands[++frame.at];
        if (next !== undefined) {
          node = next;
          break;
        }
        value = pool.closeChain(kind, frame.start);
      }
      frame = frame.outer;
    }
  }
}
