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

/** One step of the conversion: a node to convert, or an operator over what was converted last. */
type Step = ExpressionNode | { readonly kind: "apply"; readonly node: ExpressionNode };

const isSimple = (node: ExpressionNode): boolean =>
  node.kind === "word" || node.kind === "compare" || (node.kind === "not" && node.operand.kind === "word");

/** A symbol, its negation or a comparison; `undefined` for what has operands to convert first. */
function convertSimple(
  pool: ExpressionPool,
  node: ExpressionNode,
  symbolOf: (word: WordNode) => number,
): Expression | undefined {
  if (node.kind === "word") return pool.symbol(symbolOf(node));
  if (node.kind === "not" && node.operand.kind === "word") return pool.not(pool.symbol(symbolOf(node.operand)));
  if (node.kind !== "compare") return undefined;
  const left = symbolOf(node.left);
  return pool.compare(kinds[node.operator], left, symbolOf(node.right));
}

/** Puts an expression of the syntax tree into the pool; symbols are looked up in the order of the text. */
export function convertExpression(
  pool: ExpressionPool,
  node: ExpressionNode,
  symbolOf: (word: WordNode) => number,
): Expression {
  const simple = convertSimple(pool, node, symbolOf);
  if (simple !== undefined) return simple;
  if (node.kind === "and" || node.kind === "or") {
    const converted: Expression[] = [];
    if (node.operands.every(isSimple)) {
      for (const operand of node.operands) converted.push(convertSimple(pool, operand, symbolOf)!);
      return pool.join(node.kind === "and" ? Kind.and : Kind.or, converted);
    }
  }
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
          results.push(
            pool.join(done.kind === "and" ? Kind.and : Kind.or, results.splice(results.length - done.operands.length)),
          );
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
