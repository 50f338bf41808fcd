import { throwIfAborted, type AbortSignalLike } from "../base/abort.js";
import { createConfiguration, type Configuration, type Snapshot } from "../configuration/configuration.js";
import type { Engine } from "../evaluate/engine.js";
import * as Type from "../evaluate/types.js";
import * as Kind from "../expression/kinds.js";
import { NONE, type Expression } from "../expression/pool.js";
import { printExpression } from "../expression/print.js";
import type { KconfigSymbol, Property } from "../model/symbol.js";
import type { KconfigTree } from "../model/tree.js";
import type { LintFinding } from "./finding.js";
import { Cone } from "../sat/cone.js";

type Assignment = { readonly name: string; readonly value: string };

/**
 * The selects that can turn a symbol on against its dependencies. Every finding comes with assignments that show it,
 * which the engine has tried; a select that is missing here may still be wrong.
 */
export function findUnmetSelects(tree: KconfigTree, signal?: AbortSignalLike): LintFinding[] {
  const search = new Search(tree);
  const findings: LintFinding[] = [];
  for (const symbol of tree.symbols) {
    for (const property of symbol.properties) {
      if (property.kind !== "select" && property.kind !== "imply") continue;
      throwIfAborted(signal, "The search for unmet selects");
      const finding = search.look(symbol, property);
      if (finding !== undefined) findings.push(finding);
    }
  }
  return findings;
}

class Search {
  readonly #tree: KconfigTree;
  readonly #engine: Engine;
  readonly #configuration: Configuration;
  /** Where attempts start from. */
  readonly #starts: readonly Snapshot[];

  constructor(tree: KconfigTree) {
    this.#tree = tree;
    this.#configuration = createConfiguration(tree);
    const starts = [this.#configuration.snapshot()];
    this.#configuration.preset("no");
    starts.push(this.#configuration.snapshot());
    this.#starts = starts;
    this.#engine = this.#configuration.engine;
  }

  look(symbol: KconfigSymbol, property: Property): LintFinding | undefined {
    const { pool } = this.#tree.internals;
    const target = this.#engine.symbols[pool.left(property.value)]!;
    const place = { ...property.location, column: 1, symbol: symbol.name };
    if (!target.isDefined) return undefined;
    if (!this.#engine.isLogic(target.id) || target.choice !== undefined) {
      const what = target.choice === undefined ? `is ${target.type}` : "is the member of a choice";
      const message = `This ${property.kind} of ${target.name} does nothing: ${target.name} ${what}.`;
      return { code: "select-without-effect", severity: "error", ...place, message };
    }
    if (property.kind === "imply" || target.dependencies === NONE) return undefined;
    const reason = pool.and(pool.symbol(symbol.id), property.condition);
    const dependencies = target.dependencies;
    if (this.#isImplied(reason, dependencies) || !this.#canBeUnmet(reason, target)) return undefined;
    const witness = this.#witness(reason, target);
    if (witness === undefined) return undefined;
    const printed = printExpression(pool, dependencies, (id) => this.#engine.symbols[id]!.name || "<choice>");
    const short = printed.length > 200 ? `${printed.slice(0, 200)} ...` : printed;
    return {
      code: "select-unmet",
      severity: "warning",
      ...place,
      message: `${symbol.name} selects ${target.name} also where ${target.name} must not be on.`,
      hint: `${target.name} depends on ${short}: let ${symbol.name} depend on it, or select on that condition.`,
      witness,
    };
  }

  /** A quick look: every operand of the dependencies is one of the reason's. */
  #isImplied(reason: Expression, dependencies: Expression): boolean {
    const { pool } = this.#tree.internals;
    const given = new Set(pool.operands(reason, Kind.and));
    return pool
      .operands(dependencies, Kind.and)
      .every(
        (needed) => given.has(needed) || pool.operands(needed, Kind.or).some((alternative) => given.has(alternative)),
      );
  }

  #canBeUnmet(reason: Expression, target: KconfigSymbol): boolean {
    return this.#model(reason, target) !== undefined;
  }

  /** Values by symbol for which the select would be unmet, if the clauses allow any. */
  #model(reason: Expression, target: KconfigSymbol): { symbol: number; value: number }[] | undefined {
    const { pool, modules } = this.#tree.internals;
    const cone = new Cone(this.#engine.program, pool, modules.id);
    cone.require(reason, 1);
    if (target.type === "bool") cone.require(target.dependencies, 1, false);
    else {
      const all = pool.join(Kind.and, [reason, pool.not(target.dependencies)]);
      // Selected to y where m is allowed, or to m where nothing is.
      cone.requireAny([cone.atLeast(all, 2), cone.atLeast(pool.not(target.dependencies), 2), cone.atLeast(all, 1)]);
    }
    return cone.solve() === "satisfiable" ? [...cone.model()] : undefined;
  }

  /** Assignments after which the engine itself finds the select unmet. */
  #witness(reason: Expression, target: KconfigSymbol): readonly Assignment[] | undefined {
    const model = this.#model(reason, target) ?? [];
    const plan = model
      .map(({ symbol, value }) => ({
        symbol: this.#engine.symbols[symbol]!,
        value: value === 2 ? "y" : value === 1 ? "m" : "n",
      }))
      .filter(({ symbol }) => !symbol.isChoice && symbol.properties.some(({ text }) => text !== undefined))
      .map(({ symbol, value }) => ({ name: symbol.name, value }));
    for (const start of this.#starts) {
      if (!this.#isUnmet(start, plan, reason, target)) continue;
      return start === this.#starts[0] ? this.#reduce(start, plan, reason, target) : plan;
    }
    return undefined;
  }

  /** The plan without what it does not need, for plans of a size that a reader can take in. */
  #reduce(
    start: Snapshot,
    plan: readonly Assignment[],
    reason: Expression,
    target: KconfigSymbol,
  ): readonly Assignment[] {
    let needed = plan;
    for (let size = needed.length >> 1; size >= 1; size >>= 1) {
      for (let from = 0; from < needed.length;) {
        const without = [...needed.slice(0, from), ...needed.slice(from + size)];
        if (this.#isUnmet(start, without, reason, target)) needed = without;
        else from += size;
      }
    }
    return needed;
  }

  #isUnmet(start: Snapshot, plan: readonly Assignment[], reason: Expression, target: KconfigSymbol): boolean {
    const configuration = this.#configuration;
    configuration.restore(start);
    // Twice: what is assigned first may be hidden until the rest is there.
    for (let round = 0; round < 2; round++) {
      for (const { name, value } of plan) {
        if (configuration.value(name) !== value && configuration.visibility(name) !== 0)
          configuration.assign(name, value);
      }
    }
    const { engine } = configuration;
    const { values } = engine;
    if (engine.valueOf(reason) === 0) return false;
    const raised =
      engine.evaluator.typeOf(target.id) === Type.bool && engine.valueOf(reason) === 1 ? 2 : engine.valueOf(reason);
    return values.dependencies[target.id]! < raised;
  }
}
