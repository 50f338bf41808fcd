import * as Type from "../evaluate/types.js";
import { rulesOf, type Program, type SymbolRules } from "../evaluate/program.js";
import * as Kind from "../expression/kinds.js";
import { MOD_SYMBOL, NO_SYMBOL, NONE, YES_SYMBOL, type Expression, type ExpressionPool } from "../expression/pool.js";
import { negate, Solver, type Literal, type Verdict } from "./solver.js";

/** The levels of a tristate that are told apart: at least m, at least y. */
type Level = 1 | 2;

/** Beyond this many symbols, what a question hangs on is left open; then less can be ruled out, and nothing wrongly. */
export const coneSize = 400;
const conflictLimit = 3000;
const memberLimit = 64;
/** How many defaults of a symbol count as what it has at least. */
const defaultLimit = 30;

/** A comparison of which the values are left open. */
export interface Comparison {
  readonly kind: number;
  readonly left: number;
  readonly right: number;
}

interface Preference {
  valueOf(symbol: number): number;
  holds(kind: number, left: number, right: number): boolean;
}

/**
 * What must hold in every configuration of a tree, as clauses, as far as a question hangs on it: a symbol is on only
 * where a prompt, a default, a select or an imply allows it, and at least as far as it is selected. Numbers and texts are
 * left open. So "unsatisfiable" is a proof, and "satisfiable" only a hint, for the engine to check.
 */
export class Cone {
  readonly #program: Program;
  readonly #pool: ExpressionPool;
  readonly #modules: number;
  readonly #solver = new Solver();
  readonly #true: Literal;
  readonly #symbols = new Map<number, readonly [Literal, Literal]>();
  readonly #expressions = new Map<number, Literal>();
  readonly #comparisons = new Map<string, Comparison & { readonly literal: Literal }>();
  #prefer: Preference | undefined;
  /** By choice, whether one of its members so far is y. */
  readonly #members = new Map<number, Literal>();
  /** By choice, whether one of its members is y. */
  readonly #chosen = new Map<number, Literal>();
  readonly #waiting: number[] = [];
  readonly #size: number;
  #expanded = 0;

  /** `size`: how many symbols count. */
  constructor(program: Program, pool: ExpressionPool, modules: number, size: number = coneSize) {
    this.#size = size;
    this.#program = program;
    this.#pool = pool;
    this.#modules = modules;
    this.#true = this.#solver.newVariable();
    this.#solver.addClause([this.#true]);
  }

  /** Asks for an expression to be at least m or y, or below that. */
  require(expression: Expression, level: Level, holds = true): void {
    const literal = this.atLeast(expression, level);
    this.requireAny([holds ? literal : negate(literal)]);
  }

  requireAny(literals: readonly Literal[]): void {
    this.#solver.addClause(literals);
  }

  /** Whether a configuration can be what was asked for. */
  solve(): Verdict {
    for (let symbol = this.#waiting.shift(); symbol !== undefined; symbol = this.#waiting.shift()) {
      if (this.#expanded++ < this.#size) this.#expand(symbol, rulesOf(this.#program, symbol));
    }
    return this.#solver.solve(conflictLimit);
  }

  /** What variables are tried first: the values that symbols have, so that what is found changes little. */
  prefer(valueOf: (symbol: number) => number, holds: (kind: number, left: number, right: number) => boolean): void {
    this.#prefer = { valueOf, holds };
  }

  /** Rules out what was found as far as these symbols have these values; then `solve` finds something else. */
  forbid(values: readonly { readonly symbol: number; readonly value: number }[]): void {
    const literals = values.map(({ symbol, value }) => {
      const [mod, yes] = this.#symbols.get(symbol)!;
      return value === 2 ? negate(yes) : value === 1 ? negate(mod) : mod;
    });
    this.#solver.restart();
    this.#solver.addClause(literals);
  }

  /** The comparisons in what was found. */
  *comparisons(): Generator<Comparison & { readonly holds: boolean }> {
    for (const { literal, ...comparison } of this.#comparisons.values()) {
      yield { ...comparison, holds: this.#solver.isTrue(literal) };
    }
  }

  /** The values of the symbols in what was found. */
  *model(): Generator<{ readonly symbol: number; readonly value: 0 | 1 | 2 }> {
    for (const [symbol, [mod, yes]] of this.#symbols) {
      yield { symbol, value: this.#solver.isTrue(yes) ? 2 : this.#solver.isTrue(mod) ? 1 : 0 };
    }
  }

  atLeast(expression: Expression, level: Level): Literal {
    if (expression === NONE) return this.#true;
    const key = expression * 2 + level - 1;
    const known = this.#expressions.get(key);
    if (known !== undefined) return known;
    const pool = this.#pool;
    // Operands have smaller numbers than what they are part of, but may nest deep: they are encoded bottom up.
    const stack = [expression];
    const order = new Set<Expression>();
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      if (order.has(at) || this.#expressions.has(at * 2)) continue;
      order.add(at);
      const kind = pool.kind(at);
      if (kind === Kind.not) stack.push(pool.left(at));
      else if (kind === Kind.and || kind === Kind.or) stack.push(...pool.operands(at));
    }
    for (const at of [...order].sort((a, b) => a - b)) {
      for (const each of [1, 2] as const) {
        if (!this.#expressions.has(at * 2 + each - 1)) this.#expressions.set(at * 2 + each - 1, this.#encode(at, each));
      }
    }
    return this.#expressions.get(key)!;
  }

  #encode(expression: Expression, level: Level): Literal {
    const pool = this.#pool;
    const kind = pool.kind(expression);
    const known = (operand: Expression, at: Level): Literal => this.#expressions.get(operand * 2 + at - 1)!;
    switch (kind) {
      case Kind.symbol:
        return this.#symbol(pool.left(expression), level);
      case Kind.not:
        return negate(known(pool.left(expression), level === 1 ? 2 : 1));
      case Kind.and:
        return this.#all(pool.operands(expression).map((operand) => known(operand, level)));
      case Kind.or:
        return negate(this.#all(pool.operands(expression).map((operand) => negate(known(operand, level)))));
      default:
        return this.#compare(kind, pool.left(expression), pool.right(expression));
    }
  }

  /** A literal that is true where all of these are. */
  #all(literals: readonly Literal[]): Literal {
    if (literals.length === 1) return literals[0]!;
    const all = this.#solver.newVariable();
    for (const literal of literals) this.#solver.addClause([negate(all), literal]);
    this.#solver.addClause([all, ...literals.map(negate)]);
    return all;
  }

  #isLogic(symbol: number): boolean {
    const type = this.#program.types[symbol]!;
    return type === Type.bool || type === Type.tristate;
  }

  #symbol(symbol: number, level: Level): Literal {
    if (symbol === YES_SYMBOL) return this.#true;
    if (symbol === MOD_SYMBOL) return level === 1 ? this.#true : negate(this.#true);
    // What is no bool and no tristate counts as n, and so does what nothing defines.
    if (symbol === NO_SYMBOL || !this.#isLogic(symbol)) return negate(this.#true);
    let pair = this.#symbols.get(symbol);
    if (pair === undefined) {
      const value = this.#prefer?.valueOf(symbol) ?? 0;
      const mod = this.#solver.newVariable(value !== 0);
      const yes = this.#program.types[symbol] === Type.bool ? mod : this.#solver.newVariable(value === 2);
      if (yes !== mod) this.#solver.addClause([negate(yes), mod]);
      pair = [mod, yes];
      this.#symbols.set(symbol, pair);
      this.#waiting.push(symbol);
    }
    return pair[level - 1]!;
  }

  #compare(kind: number, left: number, right: number): Literal {
    if (kind === Kind.unequal) return negate(this.#compare(Kind.equal, left, right));
    if (kind === Kind.greaterEqual) return negate(this.#compare(Kind.less, left, right));
    if (kind === Kind.greater) return negate(this.#compare(Kind.lessEqual, left, right));
    if (kind === Kind.equal && left <= YES_SYMBOL && right > YES_SYMBOL) return this.#compare(kind, right, left);
    if (kind === Kind.equal && right <= YES_SYMBOL && this.#isLogic(left)) {
      const [mod, yes] = [this.#symbol(left, 1), this.#symbol(left, 2)];
      if (right === YES_SYMBOL) return yes;
      return right === NO_SYMBOL ? negate(mod) : this.#all([mod, negate(yes)]);
    }
    const key = `${kind} ${left} ${right}`;
    let comparison = this.#comparisons.get(key);
    if (comparison === undefined) {
      comparison = { kind, left, right, literal: this.#solver.newVariable(this.#prefer?.holds(kind, left, right)) };
      this.#comparisons.set(key, comparison);
    }
    return comparison.literal;
  }

  /** What must hold for the value of a symbol. */
  #expand(symbol: number, rule: SymbolRules): void {
    const isMember = rule.choice >= 0;
    const tristate = this.#program.types[symbol] === Type.tristate;
    // A bool takes y where m is allowed, and so does a tristate while modules are off.
    for (const level of tristate ? ([1, 2] as const) : ([1] as const)) {
      const allowed = this.#allowed(rule, level);
      if (level === 2) {
        const withoutModules = this.#all([
          negate(this.#symbol(this.#modules, 1)),
          negate(this.#all(this.#allowed(rule, 1).map(negate))),
        ]);
        if (isMember) allowed.push(...this.#allowed(rule, 1));
        allowed.push(withoutModules);
      }
      this.#solver.addClause([negate(this.#symbol(symbol, level)), ...allowed]);
      if (isMember) continue;
      for (const reason of this.#reasons(rule.selectedBy)) {
        this.#solver.addClause([negate(this.atLeast(reason, level)), this.#symbol(symbol, level)]);
      }
    }
    if (rule.prompts.length === 0 && !isMember && !rule.isChoice) this.#expandDefaults(symbol, rule);
    if (isMember) {
      this.#exclude(symbol, rule);
      this.#requireMember(rule);
    }
  }

  #reasons(expression: Expression): readonly Expression[] {
    return expression === NONE ? [] : this.#pool.operands(expression, Kind.or);
  }

  /** What can bring a symbol to a level. */
  #allowed(rule: SymbolRules, level: Level): Literal[] {
    const literals = rule.prompts.map((prompt) => this.atLeast(prompt, level));
    if (!rule.isChoice) {
      for (const { condition, value } of rule.defaults) {
        literals.push(this.#all([this.atLeast(condition, 1), this.atLeast(value, level)]));
      }
    }
    for (const reason of [...this.#reasons(rule.selectedBy), ...this.#reasons(rule.impliedBy)]) {
      literals.push(this.atLeast(reason, level));
    }
    return literals;
  }

  /** A symbol that the user cannot set has at least its first default whose condition holds. */
  #expandDefaults(symbol: number, rule: SymbolRules): void {
    const before: Literal[] = [];
    for (const { condition, value } of rule.defaults.slice(0, defaultLimit)) {
      for (const level of [1, 2] as const) {
        this.#solver.addClause([
          ...before,
          negate(this.atLeast(condition, level)),
          negate(this.atLeast(value, level)),
          this.#symbol(symbol, level),
        ]);
      }
      before.push(this.atLeast(condition, 1));
    }
  }

  /** While a member could be y, one of the members is; choices of a size that the view has room for. */
  #requireMember({ choice, prompts }: SymbolRules): void {
    const { isChoice, members } = rulesOf(this.#program, choice);
    const isBool = this.#program.types[choice] === Type.bool;
    if (!isChoice || !isBool || members.length > memberLimit || prompts.length !== 1) return;
    let any = this.#chosen.get(choice);
    if (any === undefined) {
      any = this.#solver.newVariable(true);
      this.#chosen.set(choice, any);
      this.#solver.addClause([negate(any), ...members.map((member) => this.#symbol(member, 2))]);
    }
    this.#solver.addClause([negate(this.atLeast(prompts[0]!, 2)), any]);
  }

  /** Of the members of a choice, one at most is y; a default of a member, which choices ignore, may be an exception. */
  #exclude(member: number, { choice, defaults }: SymbolRules): void {
    if (defaults.length > 0) return;
    // True from the first member on that is y: one literal a member, where pairs would be thousands.
    const before = this.#members.get(choice);
    const upToHere = this.#solver.newVariable();
    const own = this.#symbol(member, 2);
    this.#solver.addClause([negate(own), upToHere]);
    if (before !== undefined) {
      this.#solver.addClause([negate(before), upToHere]);
      this.#solver.addClause([negate(own), negate(before)]);
    }
    this.#members.set(choice, upToHere);
  }
}
