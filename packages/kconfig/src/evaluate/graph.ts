import { Kind, NONE, type ExpressionPool } from "../expression/pool.js";
import { Flag, Type, type Program } from "./program.js";

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
  readonly #reads: number[] = [];
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
    const order: number[] = [];
    const cut = new Set<number>();
    const modulesNode = this.#firstSymbol + this.#modules;
    this.#visit(modulesNode, rank, order, cut);
    this.#beforeModules = new Set(order);
    for (let symbol = 0; symbol < this.#program.types.length; symbol++) {
      this.#visit(this.#firstSymbol + symbol, rank, order, cut);
      const { choice, flags } = this.#program;
      if (choice[symbol]! >= 0 || (flags[symbol]! & Flag.choice) !== 0)
        this.#visit(this.#firstAuxiliary + symbol, rank, order, cut);
    }
    order.forEach((node, index) => {
      rank[node] = index;
    });
    const { readerStart, readers } = this.#reverse(order);
    return {
      firstSymbol: this.#firstSymbol,
      firstAuxiliary: this.#firstAuxiliary,
      order: Int32Array.from(order),
      rank,
      readerStart,
      readers,
      cut: [...cut],
    };
  }

  /** Depth first on a stack of its own; -1 unseen, -2 under way, -3 done. */
  #visit(root: number, state: Int32Array, order: number[], cut: Set<number>): void {
    if (state[root] !== -1) return;
    const stack = [root];
    while (stack.length > 0) {
      const node = stack.at(-1)!;
      if (state[node] === -1) {
        state[node] = -2;
        this.#findReads(node);
        for (let index = this.#readStart[node]!; index < this.#readEnd[node]!; index++) {
          const read = this.#reads[index]!;
          if (state[read] === -1) stack.push(read);
          else if (state[read] === -2 && read >= this.#firstSymbol)
            cut.add((read - this.#firstSymbol) % this.#program.types.length);
        }
        continue;
      }
      stack.pop();
      if (state[node] !== -2) continue;
      state[node] = -3;
      order.push(node);
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

  #reverse(order: readonly number[]): { readerStart: Int32Array; readers: Int32Array } {
    const readerStart = new Int32Array(this.#count + 1);
    this.#eachRead(order, (_, read) => readerStart[read + 1]!++);
    for (let node = 0; node < this.#count; node++) readerStart[node + 1]! += readerStart[node]!;
    const readers = new Int32Array(readerStart[this.#count]!);
    const next = readerStart.slice();
    this.#eachRead(order, (node, read) => {
      readers[next[read]!++] = node;
    });
    return { readerStart, readers };
  }

  #eachRead(order: readonly number[], visit: (node: number, read: number) => void): void {
    for (const node of order) {
      for (let index = this.#readStart[node]!; index < this.#readEnd[node]!; index++) visit(node, this.#reads[index]!);
    }
  }
}
