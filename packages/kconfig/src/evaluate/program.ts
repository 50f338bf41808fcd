import { Kind, NONE, type Expression } from "../expression/pool.js";
import type { KconfigSymbol } from "../model/symbol.js";
import type { KconfigTree } from "../model/tree.js";

/** Types of symbols as small numbers. */
export const Type = { unknown: 0, bool: 1, tristate: 2, int: 3, hex: 4, string: 5 } as const;

/** A default: its value counts while its condition is not n. */
export interface DefaultRule {
  readonly condition: Expression;
  readonly value: Expression;
  /** The symbol that the value is, -1 where it is a longer expression. */
  readonly symbol: number;
}

/** A range: it counts while its condition is not n. */
export interface RangeRule {
  readonly condition: Expression;
  readonly low: number;
  readonly high: number;
}

/** What a symbol's value is made of, by number. */
export interface SymbolRules {
  readonly prompts: readonly Expression[];
  readonly defaults: readonly DefaultRule[];
  readonly ranges: readonly RangeRule[];
  readonly dependencies: Expression;
  readonly selectedBy: Expression;
  readonly impliedBy: Expression;
  readonly isChoice: boolean;
  /** True for what no .config gets. */
  readonly noWrite: boolean;
  /** The choice of a member, else -1. */
  readonly choice: number;
  /** The members of a choice. */
  readonly members: readonly number[];
}

/** A tree in the form in which it is evaluated: symbols and expressions by number. */
export interface Program {
  readonly types: Uint8Array;
  readonly rules: readonly SymbolRules[];
}

const none: readonly never[] = [];

/** Takes the rules of every symbol out of a tree. */
export function compileTree(tree: KconfigTree): Program {
  const { table, pool } = tree.internals;
  const { symbols } = table;
  const types = Uint8Array.from(symbols, (symbol) => Type[symbol.type]);
  const join = (operands: readonly Expression[]): Expression =>
    operands.length === 0 ? NONE : pool.join(Kind.or, operands);
  const rules = symbols.map((symbol): SymbolRules => {
    const prompts: Expression[] = [];
    const defaults: DefaultRule[] = [];
    const ranges: RangeRule[] = [];
    for (const property of symbol.properties) {
      const { condition, value } = property;
      if (property.text !== undefined) prompts.push(condition);
      else if (property.kind === "default") {
        const single = pool.kind(value) === Kind.symbol;
        defaults.push({ condition, value, symbol: single ? pool.left(value) : -1 });
      } else if (property.kind === "range") ranges.push({ condition, low: property.low!.id, high: property.high!.id });
    }
    return {
      prompts: prompts.length === 0 ? none : prompts,
      defaults: defaults.length === 0 ? none : defaults,
      ranges: ranges.length === 0 ? none : ranges,
      dependencies: symbol.dependencies,
      selectedBy: join(symbol.selectedBy),
      impliedBy: join(symbol.impliedBy),
      isChoice: symbol.isChoice,
      noWrite: symbol.noWrite,
      choice: symbol.choice?.id ?? -1,
      members: symbol.members.length === 0 ? none : symbol.members.map((member: KconfigSymbol) => member.id),
    };
  });
  return { types, rules };
}
