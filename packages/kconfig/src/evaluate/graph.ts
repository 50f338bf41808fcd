import { NumberList } from "../expression/number-list.js";
import * as Kind from "../expression/kinds.js";
import { NONE, type ExpressionPool } from "../expression/pool.js";
import * as Type from "./types.js";
import * as Flag from "./flags.js";
import type { Program } from "./program.js";

/**
 * What has to be evaluated before what. A node is an expression, a symbol, or the auxiliary node of a symbol: the
 * visibility of a choice's member, or which member a choice has.
 */
export interface Graph {
  readonly firstSymbol: number;
  readonly firstAuxiliary: number;
  /** The nodes in an order in which each comes after what it reads, as far as there is no cycle. */
  readonly order: Int32Array;
  /** The place of each node in `order`, -1 for nodes that nothing needs. */
  readonly rank: Int32Array;
  /** The nodes that read node n: `readers[readerStart[n]]` up to `readers[readerStart[n + 1]]`. */
  readonly readerStart: Int32Array;
  readonly readers: Int32Array;
  /** Symbols on a cycle that the evaluation had to cut; their values are what one pass gives. */
  readonly cut: readonly number[];
}

export function buildGraph(program: Program, pool: ExpressionPool, modules: number): Graph {
  const builder = new GraphBuilder(program, pool, modules);
  return builder.build();
}

class GraphBuilder {
  readonly #program: Program;
  readonly #pool: ExpressionPool;
  readonly #modules: number;
  readonly #firstSymbol: number;
  readonly #firstAuxiliary: number;
  readonly #count: number;
  /** What node n reads: `#reads` from `#readStart[n]` (-1 until the node is reached) up to `#readEnd[n]`. */
  readonly #readStart: Int32Array;
  readonly #readEnd: Int32Array;
  readonly #reads = new NumberList();
  readonly #order = new NumberList();
  readonly #stack = new NumberList();
  /** The nodes that the modules symbol itself hangs on: they cannot wait for it. */
  #beforeModules = new Set<number>();

  constructor(program: Program, pool: ExpressionPool, modules: number) {
    this.#program = program;
    this.#pool = pool;
    this.#modules = modules;
    this.#firstSymbol = pool.size;
    this.#firstAuxiliary = pool.size + program.types.length;
    this.#count = this.#firstAuxiliary + program.types.length;
    this.#readStart = new Int32Array(this.#count).fill(-1);
    this.#readEnd = new Int32Array(this.#count);
  }

  build(): Graph {
    const rank = new Int32Array(this.#count).fill(-1);
    const cut = new Set<number>();
    const modulesNode = this.#firstSymbol + this.#modules;
    this.#visit(modulesNode, rank, cut);
    this.#beforeModules = new Set(this.#order.take());
    const { types, choice, flags } = this.#program;
    for (let symbol = 0; symbol < types.length; symbol++) {
      this.#visit(this.#firstSymbol + symbol, rank, cut);
      if (choice[symbol]! >= 0 || (flags[symbol]! & Flag.choice) !== 0)
        this.#visit(this.#firstAuxiliary + symbol, rank, cut);
    }
    const order = this.#order.take();
    for (let index = 0; index < order.length; index++) rank[order[index]!] = index;
    const { readerStart, readers } = this.#reverse(order);
    return {
      firstSymbol: this.#firstSymbol,
      firstAuxiliary: this.#firstAuxiliary,
      order,
      rank,
      readerStart,
      readers,
      cut: [...cut],
    };
  }

  /** Depth first on a stack of its own; -1 unseen, -2 under way, -3 done. */
  #visit(root: number, state: Int32Array, cut: Set<number>): void {
    if (state[root] !== -1) return;
    const stack = this.#stack;
    stack.push(root);
    while (stack.length > 0) {
      const node = stack.at(stack.length - 1);
      if (state[node] === -1) {
        state[node] = -2;
        this.#findReads(node);
        for (let index = this.#readStart[node]!; index < this.#readEnd[node]!; index++) {
          const read = this.#reads.at(index);
          if (state[read] === -1) stack.push(read);
          else if (state[read] === -2 && read >= this.#firstSymbol)
            cut.add((read - this.#firstSymbol) % this.#program.types.length);
        }
        continue;
      }
      stack.length--;
      if (state[node] !== -2) continue;
      state[node] = -3;
      this.#order.push(node);
    }
  }

  #findReads(node: number): void {
    this.#readStart[node] = this.#reads.length;
    if (node < this.#firstSymbol) this.#readsOfExpression(node);
    else if (node < this.#firstAuxiliary) this.#readsOfSymbol(node - this.#firstSymbol);
    else this.#readsOfAuxiliary(node - this.#firstAuxiliary);
    this.#readEnd[node] = this.#reads.length;
  }

  #add(node: number): void {
    if (node !== NONE) this.#reads.push(node);
  }

  #addAll(nodes: Int32Array, from: number, to: number, offset = 0): void {
    for (let index = from; index < to; index++) this.#add(nodes[index]! + offset);
  }

  #readsOfExpression(expression: number): void {
    const pool = this.#pool;
    const kind = pool.kind(expression);
    if (kind === Kind.none) return;
    if (kind === Kind.not) return this.#add(pool.left(expression));
    if (kind === Kind.and || kind === Kind.or) {
      for (let index = 0; index < pool.right(expression); index++) this.#add(pool.operand(expression, index));
      return;
    }
    this.#add(this.#firstSymbol + pool.left(expression));
    if (kind !== Kind.symbol) this.#add(this.#firstSymbol + pool.right(expression));
  }

  #readsOfSymbol(symbol: number): void {
    const program = this.#program;
    const type = program.types[symbol]!;
    if (type === Type.unknown) return;
    const choice = program.choice[symbol]!;
    if (choice >= 0) {
      this.#add(this.#firstAuxiliary + symbol);
      this.#add(this.#firstAuxiliary + choice);
    } else {
      this.#addPrompts(symbol);
      this.#add(program.dependencies[symbol]!);
      this.#add(program.selectedBy[symbol]!);
      this.#add(program.impliedBy[symbol]!);
    }
    // The defaults of a choice name members; they count when the choice picks one.
    if ((program.flags[symbol]! & Flag.choice) === 0) this.#addDefaults(symbol, type);
    for (let index = program.rangeStart[symbol]!; index < program.rangeStart[symbol + 1]!; index++) {
      this.#add(program.rangeCondition[index]!);
      this.#add(this.#firstSymbol + program.rangeLow[index]!);
      this.#add(this.#firstSymbol + program.rangeHigh[index]!);
    }
    this.#addModules(type, this.#firstSymbol + symbol);
  }

  #addPrompts(symbol: number): void {
    const { promptStart, prompts } = this.#program;
    this.#addAll(prompts, promptStart[symbol]!, promptStart[symbol + 1]!);
  }

  #addDefaults(symbol: number, type: number): void {
    const { defaultStart, defaultCondition, defaultValue, defaultSymbol } = this.#program;
    for (let index = defaultStart[symbol]!; index < defaultStart[symbol + 1]!; index++) {
      this.#add(defaultCondition[index]!);
      if (type === Type.bool || type === Type.tristate) this.#add(defaultValue[index]!);
      else if (defaultSymbol[index]! >= 0) this.#add(this.#firstSymbol + defaultSymbol[index]!);
    }
  }

  #readsOfAuxiliary(symbol: number): void {
    const program = this.#program;
    const choice = program.choice[symbol]!;
    if (choice >= 0) {
      this.#addPrompts(symbol);
      this.#add(this.#firstSymbol + choice);
      this.#addModules(program.types[symbol]!, this.#firstAuxiliary + symbol);
      return;
    }
    const { memberStart, members, defaultStart, defaultCondition } = program;
    this.#add(this.#firstSymbol + symbol);
    this.#addAll(members, memberStart[symbol]!, memberStart[symbol + 1]!, this.#firstAuxiliary);
    this.#addAll(defaultCondition, defaultStart[symbol]!, defaultStart[symbol + 1]!);
  }

  #addModules(type: number, node: number): void {
    if (type === Type.tristate && !this.#beforeModules.has(node)) this.#add(this.#firstSymbol + this.#modules);
  }

  #reverse(order: Int32Array): Pick<Graph, "readerStart" | "readers"> {
    const readerStart = new Int32Array(this.#count + 1);
    const reads = this.#reads.take();
    for (let node = 0; node < this.#count; node++) {
      if (this.#readStart[node]! < 0) continue;
      for (let index = this.#readStart[node]!; index < this.#readEnd[node]!; index++) readerStart[reads[index]! + 1]!++;
    }
    for (let node = 0; node < this.#count; node++) readerStart[node + 1]! += readerStart[node]!;
    const readers = new Int32Array(readerStart[this.#count]!);
    const next = readerStart.slice();
    for (let at = 0; at < order.length; at++) {
      const node = order[at]!;
      for (let index = this.#readStart[node]!; index < this.#readEnd[node]!; index++) {
        readers[next[reads[index]!]!++] = node;
      }
    }
    return { readerStart, readers };
  }
}
