import { parseTristate } from "../base/tristate.js";
import type { Engine } from "../evaluate/engine.js";
import * as Kind from "../expression/kinds.js";
import { NONE, YES_SYMBOL, type Expression, type ExpressionPool } from "../expression/pool.js";
import type { KconfigSymbol } from "../model/symbol.js";
import type { Assignment } from "./trial.js";

/** Assignments that together may reach a goal; tried as they stand, so they need not be right. */
type Plan = readonly Assignment[];

/** How many plans are kept for a goal, how deep conditions of conditions are followed, how many goals are looked at. */
const planLimit = 8;
const depthLimit = 6;
const goalLimit = 1000;

/** Finds plans: what the user could set so that an expression or a symbol gets a value. Values have to be up to date. */
export class Planner {
  readonly #engine: Engine;
  readonly #pool: ExpressionPool;
  #goals = 0;

  constructor(engine: Engine) {
    this.#engine = engine;
    this.#pool = engine.tree.internals.pool;
  }

  /** Plans for a symbol to get a value, those with fewer assignments first. */
  plansFor(symbol: KconfigSymbol, value: string): Plan[] {
    this.#goals = 0;
    const tri = parseTristate(value);
    if (!this.#engine.isLogic(symbol.id) || tri === undefined) return this.#assign(symbol, value, 2, []);
    return tri === 0 ? this.#lower(symbol, 0, []) : this.#raise(symbol, tri, []);
  }

  /** Plans for an expression to be at least `level`. */
  #atLeast(expression: Expression, level: number, path: readonly number[]): Plan[] {
    return this.#reach(expression, level, true, path);
  }

  /** Plans for an expression to be at most `level`. */
  #atMost(expression: Expression, level: number, path: readonly number[]): Plan[] {
    return this.#reach(expression, level, false, path);
  }

  /** `up`: to be at least `level`, else at most. */
  #reach(expression: Expression, level: number, up: boolean, path: readonly number[]): Plan[] {
    const pool = this.#pool;
    const value = expression === NONE ? 2 : this.#engine.valueOf(expression);
    if (up ? value >= level : value <= level) return [[]];
    const left = pool.left(expression);
    const kind = pool.kind(expression);
    switch (kind) {
      case Kind.symbol: {
        if (left <= YES_SYMBOL) return [];
        const symbol = this.#engine.symbols[left]!;
        return up ? this.#raise(symbol, level, path) : this.#lower(symbol, level, path);
      }
      case Kind.not:
        return this.#reach(left, 2 - level, !up, path);
      case Kind.and:
      case Kind.or: {
        const plans = pool.operands(expression).map((operand) => this.#reach(operand, level, up, path));
        return (kind === Kind.and) === up ? this.#all(plans) : best(plans.flat());
      }
      case Kind.equal:
      case Kind.unequal:
        return this.#match(left, pool.right(expression), (kind === Kind.equal) === up, path);
      default:
        return [];
    }
  }

  #match(left: number, right: number, equal: boolean, path: readonly number[]): Plan[] {
    const { symbols, evaluator } = this.#engine;
    const symbol = symbols[left]!;
    const value = evaluator.textOf(right);
    if (equal) {
      if (!this.#engine.isLogic(left)) return this.#assign(symbol, value, 2, path);
      const tri = parseTristate(value) ?? 0;
      return tri === 0 ? this.#lower(symbol, 0, path) : this.#raise(symbol, tri, path);
    }
    if (!this.#engine.isLogic(left)) return [];
    return value === "n" ? this.#raise(symbol, 2, path) : this.#lower(symbol, 0, path);
  }

  #raise(symbol: KconfigSymbol, level: number, path: readonly number[]): Plan[] {
    if (this.#isClosed(symbol, path)) return [];
    const next = [...path, symbol.id];
    const value = level === 1 && symbol.type === "tristate" ? "m" : "y";
    const plans = this.#assign(symbol, value, level, path);
    for (const { kind, condition, value: source } of symbol.properties) {
      if (kind !== "default" || symbol.choice !== undefined) continue;
      plans.push(...this.#all([this.#atLeast(condition, level, next), this.#atLeast(source, level, next)]));
    }
    for (const reason of symbol.selectedBy) plans.push(...this.#atLeast(reason, level, next));
    return best(plans);
  }

  #lower(symbol: KconfigSymbol, level: number, path: readonly number[]): Plan[] {
    if (this.#isClosed(symbol, path)) return [];
    const next = [...path, symbol.id];
    const value = level === 1 && symbol.type === "tristate" ? "m" : "n";
    if (symbol.isChoice) return [];
    const unselected = this.#all(symbol.selectedBy.map((reason) => this.#atMost(reason, level, next)));
    if (symbol.choice !== undefined) {
      const others = symbol.choice.members.filter((member) => member !== symbol);
      return best(others.flatMap((member) => this.#raise(member, 2, next)));
    }
    const set: Plan[] = hasPrompt(symbol)
      ? unselected.map((plan) => [...plan, { name: symbol.name, value }])
      : unselected;
    // What it depends on may go as well.
    const hidden = this.#atMost(symbol.dependencies, level, next);
    return best([...set, ...hidden]);
  }

  /** Plans in which the user sets the symbol, after what makes it visible. */
  #assign(symbol: KconfigSymbol, value: string, level: number, path: readonly number[]): Plan[] {
    if (this.#isClosed(symbol, path)) return [];
    const next = [...path, symbol.id];
    const plans = symbol.properties
      .filter((property) => property.text !== undefined)
      .flatMap((property) => this.#atLeast(property.condition, symbol.choice === undefined ? level : 2, next));
    // A choice is on as soon as it is visible; it cannot be set itself.
    return best(symbol.isChoice ? plans : plans.map((plan) => [...plan, { name: symbol.name, value }]));
  }

  #isClosed(symbol: KconfigSymbol, path: readonly number[]): boolean {
    if (++this.#goals > goalLimit) return true;
    return symbol.type === "unknown" || path.length > depthLimit || path.includes(symbol.id);
  }

  /** Plans that reach every goal, one plan of each. */
  #all(goals: readonly Plan[][]): Plan[] {
    let plans: Plan[] = [[]];
    if (goals.some((goal) => goal.length === 0)) return [];
    for (const goal of goals) plans = best(plans.flatMap((plan) => goal.map((other) => join(plan, other))));
    return plans;
  }
}

const hasPrompt = (symbol: KconfigSymbol): boolean => symbol.properties.some((property) => property.text !== undefined);

function join(left: Plan, right: Plan): Plan {
  const known = new Set(left.map((assignment) => assignment.name));
  return [...left, ...right.filter((assignment) => !known.has(assignment.name))];
}

/** The shortest plans, each once. */
function best(plans: readonly Plan[]): Plan[] {
  const unique = new Map(plans.map((plan) => [plan.map(({ name, value }) => `${name}=${value}`).join(), plan]));
  return [...unique.values()].sort((a, b) => a.length - b.length).slice(0, planLimit);
}
