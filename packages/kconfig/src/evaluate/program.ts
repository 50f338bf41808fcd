import * as Flag from "./flags.js";
import { NumberList } from "../expression/number-list.js";
import * as Kind from "../expression/kinds.js";
import { NONE, type Expression } from "../expression/pool.js";
import type { KconfigSymbol } from "../model/symbol.js";
import type { KconfigTree } from "../model/tree.js";

/**
 * A tree in the form in which it is evaluated: symbols and expressions by number, one array per column. What a symbol has
 * several of stands between `start[symbol]` and `start[symbol + 1]` of its columns.
 */
export interface Program {
  readonly types: Uint8Array;
  readonly flags: Uint8Array;
  /** The choice of a member, else -1. */
  readonly choice: Int32Array;
  readonly dependencies: Int32Array;
  /** The OR of what selects the symbol. */
  readonly selectedBy: Int32Array;
  readonly impliedBy: Int32Array;
  /** The conditions of the prompts. */
  readonly promptStart: Int32Array;
  readonly prompts: Int32Array;
  readonly defaultStart: Int32Array;
  /** A default's value counts while its condition is not n. */
  readonly defaultCondition: Int32Array;
  readonly defaultValue: Int32Array;
  /** The symbol that the value is, -1 where it is a longer expression. */
  readonly defaultSymbol: Int32Array;
  readonly rangeStart: Int32Array;
  /** A range counts while its condition is not n. */
  readonly rangeCondition: Int32Array;
  /** The symbols of the bounds. */
  readonly rangeLow: Int32Array;
  readonly rangeHigh: Int32Array;
  /** The members of a choice. */
  readonly memberStart: Int32Array;
  readonly members: Int32Array;
}

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
  /** True for what is there for old configurations alone: it takes any value and is written nowhere. */
  readonly transitional: boolean;
  /** The choice of a member, else -1. */
  readonly choice: number;
  /** The members of a choice. */
  readonly members: readonly number[];
}

/** What all empty lists are. */
const none: readonly never[] = [];

/** By number, the types' names: those of `types.ts`. */
export const typeNames: readonly KconfigSymbol["type"][] = ["unknown", "bool", "tristate", "int", "hex", "string"];

const rulesOfPrograms = new WeakMap<Program, SymbolRules[]>();

/** The rules of one symbol as an object, made on first sight. */
export function rulesOf(program: Program, symbol: number): SymbolRules {
  let known = rulesOfPrograms.get(program);
  if (known === undefined) rulesOfPrograms.set(program, (known = []));
  return (known[symbol] ??= makeRules(program, symbol));
}

function makeRules(program: Program, symbol: number): SymbolRules {
  const each = <T>(start: Int32Array, make: (index: number) => T): readonly T[] => {
    const end = start[symbol + 1]!;
    if (start[symbol] === end) return none;
    const made: T[] = [];
    for (let index = start[symbol]!; index < end; index++) made.push(make(index));
    return made;
  };
  const flags = program.flags[symbol]!;
  return {
    prompts: each(program.promptStart, (index) => program.prompts[index]!),
    defaults: each(program.defaultStart, (index) => ({
      condition: program.defaultCondition[index]!,
      value: program.defaultValue[index]!,
      symbol: program.defaultSymbol[index]!,
    })),
    ranges: each(program.rangeStart, (index) => ({
      condition: program.rangeCondition[index]!,
      low: program.rangeLow[index]!,
      high: program.rangeHigh[index]!,
    })),
    dependencies: program.dependencies[symbol]!,
    selectedBy: program.selectedBy[symbol]!,
    impliedBy: program.impliedBy[symbol]!,
    isChoice: (flags & Flag.choice) !== 0,
    noWrite: (flags & Flag.noWrite) !== 0,
    transitional: (flags & Flag.transitional) !== 0,
    choice: program.choice[symbol]!,
    members: each(program.memberStart, (index) => program.members[index]!),
  };
}

/** The members of a choice. */
export function membersOf({ memberStart, members }: Program, choice: number): number[] {
  return [...members.subarray(memberStart[choice]!, memberStart[choice + 1]!)];
}

/** Takes the rules of every symbol out of a tree. */
export function compileTree(tree: KconfigTree): Program {
  const { table, pool } = tree.internals;
  const { symbols } = table;
  const count = symbols.length;
  const join = (operands: readonly Expression[]): Expression =>
    operands.length === 0 ? NONE : pool.join(Kind.or, operands);
  const program = {
    types: new Uint8Array(count),
    flags: new Uint8Array(count),
    choice: new Int32Array(count),
    dependencies: new Int32Array(count),
    selectedBy: new Int32Array(count),
    impliedBy: new Int32Array(count),
  };
  const [promptStart, defaultStart, rangeStart, memberStart] = Array.from(
    { length: 4 },
    () => new Int32Array(count + 1),
  ) as [Int32Array, Int32Array, Int32Array, Int32Array];
  const prompts = new NumberList();
  const defaults = { condition: new NumberList(), value: new NumberList(), symbol: new NumberList() };
  const ranges = { condition: new NumberList(), low: new NumberList(), high: new NumberList() };
  const members = new NumberList();
  const addProperties = (symbol: KconfigSymbol): void => {
    for (const { kind, text, condition, value, bounds } of symbol.properties) {
      if (text !== undefined) prompts.push(condition);
      else if (kind === "default") {
        defaults.condition.push(condition);
        defaults.value.push(value);
        defaults.symbol.push(pool.kind(value) === Kind.symbol ? pool.left(value) : -1);
      } else if (kind === "range") {
        ranges.condition.push(condition);
        ranges.low.push(bounds![0].id);
        ranges.high.push(bounds![1].id);
      }
    }
  };
  for (const symbol of symbols) {
    const { id } = symbol;
    program.types[id] = typeNames.indexOf(symbol.type);
    program.flags[id] =
      (symbol.isChoice ? Flag.choice : 0) |
      (symbol.noWrite || symbol.transitional ? Flag.noWrite : 0) |
      (symbol.transitional ? Flag.transitional : 0);
    program.choice[id] = symbol.choice?.id ?? -1;
    program.dependencies[id] = symbol.dependencies;
    program.selectedBy[id] = join(symbol.selectedBy);
    program.impliedBy[id] = join(symbol.impliedBy);
    addProperties(symbol);
    for (const member of symbol.members) members.push(member.id);
    promptStart[id + 1] = prompts.length;
    defaultStart[id + 1] = defaults.value.length;
    rangeStart[id + 1] = ranges.low.length;
    memberStart[id + 1] = members.length;
  }
  return {
    ...program,
    promptStart,
    prompts: prompts.take(),
    defaultStart,
    defaultCondition: defaults.condition.take(),
    defaultValue: defaults.value.take(),
    defaultSymbol: defaults.symbol.take(),
    rangeStart,
    rangeCondition: ranges.condition.take(),
    rangeLow: ranges.low.take(),
    rangeHigh: ranges.high.take(),
    memberStart,
    members: members.take(),
  };
}
