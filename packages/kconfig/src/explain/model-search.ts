import { numberOf } from "../evaluate/bounds.js";
import { refusal } from "../configuration/accepted.js";
import { rulesOf } from "../evaluate/program.js";
import { parseNumber } from "../base/numbers.js";
import { parseTristate, tristateText, type Tristate } from "../base/tristate.js";
import type { Engine } from "../evaluate/engine.js";
import * as Kind from "../expression/kinds.js";
import type { Expression } from "../expression/pool.js";
import type { KconfigSymbol } from "../model/symbol.js";
import { Cone, coneSize, type Comparison } from "../sat/cone.js";
import { negate } from "../sat/solver.js";
import type { Assignment } from "./trial.js";

/** How many different answers are looked for, with how many symbols in view: first the quick look, then the wide one. */
const attempts = [
  { size: coneSize, answers: 5 },
  { size: 4000, answers: 2 },
] as const;

/**
 * Proposes assignments by looking for values that meet the rules of all symbols that a goal hangs on, as near as may be
 * to the values that they have. Rules about numbers and texts are left open there, so a proposal has to be tried.
 */
export class ModelSearch {
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  *plansFor(symbol: KconfigSymbol, value: string): Generator<readonly Assignment[]> {
    for (const { size, answers } of attempts) {
      const found = yield* this.#look(symbol, value, size, answers);
      if (found === "impossible") return;
    }
  }

  *#look(
    symbol: KconfigSymbol,
    value: string,
    size: number,
    limit: number,
  ): Generator<readonly Assignment[], "impossible" | "done"> {
    const engine = this.#engine;
    const { pool, modules } = engine.tree.internals;
    const cone = new Cone(engine.program, pool, modules.id, size);
    cone.prefer(
      (id) => engine.values.tri[id]!,
      (kind, left, right) => engine.valueOf(pool.compare(kind as typeof Kind.equal, left, right)) === 2,
    );
    const isText = !engine.isLogic(symbol.id);
    if (isText) this.#requireText(cone, symbol, value);
    else this.#requireLogic(cone, symbol, parseTristate(value) ?? 0);
    for (let answers = 0; answers < limit; answers++) {
      const verdict = cone.solve();
      if (verdict !== "satisfiable") return answers === 0 && verdict === "unsatisfiable" ? "impossible" : "done";
      const changed = [...cone.model()].filter((entry) => entry.value !== engine.values.tri[entry.symbol]);
      const plan = [
        ...[...cone.comparisons()].flatMap((comparison) => this.#forComparison(comparison)),
        ...changed.flatMap((entry) => this.#forSymbol(entry.symbol, entry.value)),
      ].filter(({ name }) => !isText || name !== symbol.name);
      yield isText ? [...plan, { name: symbol.name, value }] : plan;
      if (changed.length === 0) return "done";
      cone.forbid(changed);
    }
    return "done";
  }

  #requireLogic(cone: Cone, symbol: KconfigSymbol, wanted: Tristate): void {
    const { pool } = this.#engine.tree.internals;
    const own = pool.symbol(symbol.id);
    if (wanted > 0) cone.require(own, wanted as 1 | 2);
    if (wanted < 2) cone.require(own, wanted === 0 || symbol.type === "bool" ? 1 : 2, false);
    const { choice } = symbol;
    if (wanted !== 0 || choice === undefined || this.#engine.values.visible[symbol.id] === 0) return;
    // A choice that stays needs another member.
    const others = choice.members.filter((member) => member !== symbol);
    cone.requireAny([
      ...others.map((member) => cone.atLeast(pool.symbol(member.id), 2)),
      ...this.#prompts(symbol).map((prompt) => negate(cone.atLeast(prompt, 1))),
    ]);
  }

  /** The symbol has to be visible, and a range that does not hold the value must not be in force. */
  #requireText(cone: Cone, symbol: KconfigSymbol, value: string): void {
    cone.requireAny(this.#prompts(symbol).map((prompt) => cone.atLeast(prompt, 1)));
    if (symbol.type === "string") return;
    const { ranges } = rulesOf(this.#engine.program, symbol.id);
    const { evaluator, program } = this.#engine;
    const type = program.types[symbol.id]!;
    const number = numberOf(type, value);
    const before: number[] = [];
    for (const { condition, low, high } of ranges) {
      const literal = cone.atLeast(condition, 1);
      const holds = number >= evaluator.boundOf(low, type) && number <= evaluator.boundOf(high, type);
      // In force is the first range whose condition holds.
      if (!holds) cone.requireAny([...before, negate(literal)]);
      before.push(literal);
    }
  }

  #prompts(symbol: KconfigSymbol): readonly Expression[] {
    return rulesOf(this.#engine.program, symbol.id).prompts;
  }

  #forSymbol(id: number, value: Tristate): Assignment[] {
    const symbol = this.#engine.symbols[id]!;
    if (symbol.isChoice || this.#prompts(symbol).length === 0) return [];
    // Another member of a choice is turned off by the one that is turned on.
    if (symbol.choice !== undefined && value === 0) return [];
    return [{ name: symbol.name, value: value === 1 && symbol.type === "bool" ? "y" : tristateText(value) }];
  }

  /** The number or text that makes a comparison come out as wanted, where the user can set it. */
  #forComparison({ kind, left, right, holds }: Comparison & { readonly holds: boolean }): Assignment[] {
    const engine = this.#engine;
    const { pool } = engine.tree.internals;
    if ((engine.valueOf(pool.compare(kind as typeof Kind.equal, left, right)) === 2) === holds) return [];
    const isFree = (id: number): boolean =>
      !engine.isLogic(id) && engine.symbols[id]!.isDefined && this.#prompts(engine.symbols[id]!).length > 0;
    if (isFree(left)) return this.#meet(engine.symbols[left]!, engine.evaluator.textOf(right), kind, holds, false);
    if (isFree(right)) return this.#meet(engine.symbols[right]!, engine.evaluator.textOf(left), kind, holds, true);
    return [];
  }

  /** `flipped`: the bound stands on the left. */
  #meet(symbol: KconfigSymbol, bound: string, kind: number, holds: boolean, flipped: boolean): Assignment[] {
    const { name, type } = symbol;
    if (kind === Kind.equal && holds) return refusal(type, bound) === undefined ? [{ name, value: bound }] : [];
    if (type === "string") return kind === Kind.equal ? [{ name, value: bound === "" ? "x" : "" }] : [];
    const number = parseNumber(bound, /^0[xX]/.test(bound) || type === "hex" ? 16 : 10).value;
    // SYMBOL < bound, SYMBOL <= bound, or with the bound on the left; what does not hold holds the other way round.
    const strict = kind === Kind.less;
    const below = kind === Kind.equal ? false : holds !== flipped;
    const step = kind === Kind.equal || strict === holds ? 1n : 0n;
    const value = below ? number - step : number + step;
    return value < 0n ? [] : [{ name, value: type === "hex" ? `0x${value.toString(16)}` : String(value) }];
  }
}
