import { Kind, type Expression, type ExpressionKind, type ExpressionPool } from "../expression/pool.js";
import type { ComparisonOperator, ExpressionNode, WordNode } from "../syntax/ast.js";

const kinds: Readonly<Record<ComparisonOperator, ExpressionKind>> = {
  "=": Kind.equal,
  "!=": Kind.unequal,
  "<": Kind.less,
  "<=": Kind.lessEqual,
  ">": Kind.greater,
  ">=": Kind.greaterEqual,
};

/** One step of the conversion: a node to convert, or an operator over what was converted last. */
type Step = ExpressionNode | { readonly kind: "apply"; readonly node: ExpressionNode };

/** Puts an expression of the syntax tree into the pool; symbols are looked up in the order of the text. */
export function convertExpression(
  pool: ExpressionPool,
  node: ExpressionNode,
  symbolOf: (word: WordNode) => number,
): Expression {
  if (node.kind === "word") return pool.symbol(symbolOf(node));
  const steps: Step[] = [node];
  const results: Expression[] = [];
  for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
    switch (step.kind) {
      case "word":
        results.push(pool.symbol(symbolOf(step)));
        break;
      case "compare": {
        const left = symbolOf(step.left);
        results.push(pool.compare(kinds[step.operator], left, symbolOf(step.right)));
        break;
      }
      case "apply": {
        const { node: done } = step;
        if (done.kind === "not") results.push(pool.not(results.pop()!));
        else if (done.kind === "and" || done.kind === "or") {
          results.push(pool.join(Kind[done.kind], results.splice(results.length - done.operands.length)));
        }
        break;
      }
      case "not":
        steps.push({ kind: "apply", node: step }, step.operand);
        break;
      default:
        steps.push({ kind: "apply", node: step }, ...step.operands.toReversed());
    }
  }
  return results[0]!;
}
