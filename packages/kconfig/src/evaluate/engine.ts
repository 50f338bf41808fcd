import type { KconfigTree } from "../model/tree.js";
import type { KconfigSymbol } from "../model/symbol.js";
import { DirtyQueue } from "./dirty-queue.js";
import { Evaluator } from "./evaluator.js";
import { buildGraph, type Graph } from "./graph.js";
import * as Type from "./types.js";
import * as Flag from "./flags.js";
import { compileTree, membersOf, rulesOf, type Program } from "./program.js";
import { assignUserValues, createUserValues, type ComputedValues, type UserValues } from "./values.js";

/** What is compiled once per tree, for any number of configurations. */
export interface Compiled {
  readonly program: Program;
  /** Put together when it is first asked for: a run of conf needs none. */
  readonly graph: Graph;
}

const compiled = new WeakMap<KconfigTree, Compiled>();

/** The compiled form of a tree. */
export function compiledTree(tree: KconfigTree): Compiled {
  return compiled.get(tree) ?? keepCompiled(tree, compileTree(tree));
}

/** Takes the program of a tree from elsewhere, where it was kept. */
export function keepCompiled(tree: KconfigTree, program: Program): Compiled {
  const { pool, modules } = tree.internals;
  let graph: Graph | undefined;
  const found = {
    program,
    get graph() {
      return (graph ??= buildGraph(program, pool, modules.id));
    },
  };
  compiled.set(tree, found);
  return found;
}

/** The user's values of a tree and what follows from them; evaluates anew only what a change reaches. */
export class Engine {
  readonly tree: KconfigTree;
  readonly program: Program;
  readonly user: UserValues;
  readonly values: ComputedValues;
  readonly evaluator: Evaluator;
  /** Symbols whose value, visibility or place in the file has changed since it was cleared. */
  readonly changed: Set<number> = new Set<number>();
  readonly #graph: Graph;
  readonly #queue: DirtyQueue;
  readonly #choices: readonly number[];
  /** Symbols that may take their value from a transitional one. */
  readonly #heirs: readonly number[];
  #stale = true;
  #staleLater = false;
  /** Choices whose mark was dropped since they were computed. */
  readonly #settled: number[] = [];

  constructor(tree: KconfigTree) {
    const { program, graph } = compiledTree(tree);
    this.tree = tree;
    this.program = program;
    this.#graph = graph;
    this.user = createUserValues(program.types.length);
    this.evaluator = new Evaluator(tree, program, graph, this.user);
    this.values = this.evaluator.values;
    this.#queue = new DirtyQueue(graph.order.length);
    this.#choices = tree.choices.map((choice) => choice.id);
    this.#heirs = heirsOf(program);
  }

  get symbols(): readonly KconfigSymbol[] {
    return this.tree.internals.table.symbols;
  }

  isLogic(symbol: number): boolean {
    const type = this.program.types[symbol]!;
    return type === Type.bool || type === Type.tristate;
  }

  /** Everything is to be evaluated anew. */
  invalidate(): void {
    this.#stale = true;
  }

  /** Everything is to be evaluated anew once the next value changes; until then, values stay as they are. */
  invalidateLater(): void {
    this.#staleLater = true;
  }

  /** Takes over the user's values of another time; evaluates anew only what differs. */
  adopt(source: UserValues): void {
    const { user } = this;
    const different: number[] = [];
    for (let symbol = 0; symbol < user.has.length; symbol++) {
      const same =
        user.has[symbol] === source.has[symbol] &&
        user.tri[symbol] === source.tri[symbol] &&
        user.text[symbol] === source.text[symbol] &&
        user.member[symbol] === source.member[symbol] &&
        user.priority.get(symbol) === source.priority.get(symbol);
      if (!same) different.push(symbol);
    }
    assignUserValues(user, source);
    // On a cycle, what comes out hangs on what was there before.
    if (this.#graph.cut.length > 0) this.invalidate();
    else for (const symbol of different) this.touch(symbol);
  }

  /** The user's value of a symbol has changed. */
  touch(symbol: number): void {
    if (this.#staleLater) this.#stale = true;
    for (const choice of this.#settled) this.#enqueue(choice);
    this.#settled.length = 0;
    this.#enqueue(symbol);
  }

  #enqueue(symbol: number): void {
    const { rank, firstSymbol, firstAuxiliary } = this.#graph;
    const choice = this.program.choice[symbol]!;
    for (const node of [firstSymbol + symbol, firstAuxiliary + symbol, choice < 0 ? -1 : firstAuxiliary + choice]) {
      if (node >= 0 && rank[node]! >= 0) this.#queue.add(rank[node]!);
    }
  }

  /** Brings all values up to date. */
  update(): void {
    if (this.#stale) {
      this.#evaluateAll();
      return;
    }
    if (this.#queue.isEmpty) return;
    const { order, rank, readerStart, readers } = this.#graph;
    for (let at = this.#queue.next(); at >= 0; at = this.#queue.next()) {
      const node = order[at]!;
      if (!this.#evaluate(node)) continue;
      for (let index = readerStart[node]!; index < readerStart[node + 1]!; index++) {
        // A reader that comes earlier is on a cycle, which is cut there.
        const reader = rank[readers[index]!]!;
        if (reader > at) this.#queue.add(reader);
      }
    }
    this.#settle();
  }

  /** Evaluates these symbols and all expressions anew, and leaves the other symbols as they are. */
  refresh(symbols: ReadonlySet<number>): void {
    const { order, firstSymbol, firstAuxiliary } = this.#graph;
    for (const node of order) {
      if (node < firstSymbol || (node < firstAuxiliary && symbols.has(node - firstSymbol))) this.#evaluate(node);
    }
  }

  /** The value of an expression that need not be part of the graph. */
  valueOf(expression: number): number {
    if (this.#graph.rank[expression]! < 0) this.evaluator.evaluateDeep(expression);
    return this.evaluator.valueOf(expression);
  }

  #evaluateAll(): void {
    this.#stale = false;
    this.#staleLater = false;
    this.#settled.length = 0;
    this.#queue.clear();
    if (this.#graph.cut.length > 0) this.evaluator.reset();
    for (const node of this.#graph.order) this.#evaluate(node);
    this.#settle();
  }

  #evaluate(node: number): boolean {
    const { firstSymbol, firstAuxiliary } = this.#graph;
    const { evaluator, values } = this;
    if (node < firstSymbol) return evaluator.evaluate(node);
    const symbol = node < firstAuxiliary ? node - firstSymbol : node - firstAuxiliary;
    const visible = values.visible[symbol];
    const write = values.write[symbol];
    const result = evaluator.evaluate(node);
    if (result || values.visible[symbol] !== visible || values.write[symbol] !== write) this.changed.add(symbol);
    return result;
  }

  #settle(): void {
    this.#settleChoices();
    if (this.#heirs.length > 0) this.#settleHeirs();
  }

  /** A value that comes from a transitional symbol that the user has set counts as the user's own. */
  #settleHeirs(): void {
    const { user, values, program } = this;
    for (const symbol of this.#heirs) {
      if (user.has[symbol] === 1) continue;
      const active = rulesOf(program, symbol).defaults.find(({ condition }) => values.expressions[condition] !== 0);
      if (active === undefined || active.symbol < 0 || !rulesOf(program, active.symbol).transitional) continue;
      if (user.has[active.symbol] === 0) continue;
      user.has[symbol] = 1;
      user.tri[symbol] = values.tri[symbol]!;
      if (!this.isLogic(symbol)) user.text[symbol] = values.text[symbol]!;
    }
  }

  /**
   * A choice that is y counts as set by the user only while all its visible members are; C drops the mark as it
   * computes the choice, so that it counts from the next time on.
   */
  #settleChoices(): void {
    const { user, values } = this;
    if (this.tree.dialect.semantics.kconfiglib) return;
    for (const choice of this.#choices) {
      if (user.has[choice] === 0 || values.tri[choice] !== 2) continue;
      if (membersOf(this.program, choice).every((member) => values.visible[member] === 0 || user.has[member] === 1))
        continue;
      user.has[choice] = 0;
      this.#settled.push(choice);
    }
  }
}

/** The symbols that have a transitional one for a default. */
function heirsOf({ flags, defaultStart, defaultSymbol }: Program): number[] {
  const heirs: number[] = [];
  if (!flags.some((bits) => (bits & Flag.transitional) !== 0)) return heirs;
  for (let symbol = 0; symbol < flags.length; symbol++) {
    const sources = defaultSymbol.subarray(defaultStart[symbol]!, defaultStart[symbol + 1]!);
    if (sources.some((source) => source >= 0 && (flags[source]! & Flag.transitional) !== 0)) heirs.push(symbol);
  }
  return heirs;
}
