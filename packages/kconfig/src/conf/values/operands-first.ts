import { rulesOf, type Program, type SymbolRules } from "../../evaluate/program.js";
import * as Kind from "../../expression/kinds.js";
import { NONE, type Expression, type ExpressionPool } from "../../expression/pool.js";

/** The part of the values that tells what is still to be computed. */
interface PendingValues {
  readonly program: Program;
  readonly valid: Uint8Array;
}

/** A symbol and all that it hangs on and that is not computed yet, innermost first. Keeps its own stack. */
export function operandsFirst(values: PendingValues, pool: ExpressionPool, root: number): number[] {
  const order = new Set<number>();
  const seen = new Set<number>();
  const stack = [root];
  while (stack.length > 0) {
    const symbol = stack.at(-1)!;
    if (seen.has(symbol)) {
      stack.pop();
      order.add(symbol);
      continue;
    }
    seen.add(symbol);
    for (const operand of operandsOf(rulesOf(values.program, symbol), pool)) {
      if (values.valid[operand] === 0 && !seen.has(operand)) stack.push(operand);
    }
  }
  return [...order];
}

function operandsOf(rule: SymbolRules, pool: ExpressionPool): number[] {
  const symbols: number[] = [...rule.members];
  if (rule.choice >= 0) symbols.push(rule.choice);
  const stack: Expression[] = [...rule.prompts, rule.dependencies, rule.selectedBy, rule.impliedBy];
  for (const { condition, value } of rule.defaults) stack.push(condition, value);
  for (const { condition, low, high } of rule.ranges) {
    stack.push(condition);
    symbols.push(low, high);
  }
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    const kind = pool.kind(at);
    if (at === NONE) continue;
    if (kind === Kind.not) stack.push(pool.left(at));
    else if (kind === Kind.and || kind === Kind.or) stack.push(...pool.operands(at));
    else symbols.push(pool.left(at), ...(kind === Kind.symbol ? [] : [pool.right(at)]));
  }
  return symbols;
}
