import { Kind, NONE, type ExpressionPool } from "../expression/pool.js";
import { Type, type Program } from "./program.js";

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
  /** What each node reads; empty until the node is reached. */
  readonly #reads: (number[] | undefined)[];
  /** The nodes that the modules symbol itself hangs on: they cannot wait for it. */
  #beforeModules = new Set<number>();

  constructor(program: Program, pool: ExpressionPool, modules: number) {
    this.#program = program;
    this.#pool = pool;
    this.#modules = modules;
    this.#firstSymbol = pool.size;
    this.#firstAuxiliary = pool.size + program.types.length;
    this.#count = this.#firstAuxiliary + program.types.length;
    this.#reads = Array.from({ length: this.#count });
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
      const { choice, isChoice } = this.#program.rules[symbol]!;
      if (choice >= 0 || isChoice) this.#visit(this.#firstAuxiliary + symbol, rank, order, cut);
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
        for (const read of this.#readsOf(node)) {
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

  #readsOf(node: number): number[] {
    const known = this.#reads[node];
    if (known !== undefined) return known;
    const reads =
      node < this.#firstSymbol
        ? this.#readsOfExpression(node)
        : node < this.#firstAuxiliary
          ? this.#readsOfSymbol(node - this.#firstSymbol)
          : this.#readsOfAuxiliary(node - this.#firstAuxiliary);
    this.#reads[node] = reads;
    return reads;
  }

  #readsOfExpression(expression: number): number[] {
    const pool = this.#pool;
    const kind = pool.kind(expression);
    if (kind === Kind.none) return [];
    if (kind === Kind.not) return [pool.left(expression)];
    if (kind === Kind.and || kind === Kind.or) return pool.operands(expression);
    const left = this.#firstSymbol + pool.left(expression);
    return kind === Kind.symbol ? [left] : [left, this.#firstSymbol + pool.right(expression)];
  }

  #readsOfSymbol(symbol: number): number[] {
    const { types, rules } = this.#program;
    const rule = rules[symbol]!;
    const type = types[symbol]!;
    const reads: number[] = [];
    if (type === Type.unknown) return reads;
    const isMember = rule.choice >= 0;
    if (isMember) reads.push(this.#firstAuxiliary + symbol, this.#firstAuxiliary + rule.choice);
    else reads.push(...rule.prompts, rule.dependencies, rule.selectedBy, rule.impliedBy);
    // The defaults of a choice name members; they count when the choice picks one.
    for (const { condition, value, symbol: source } of rule.isChoice ? [] : rule.defaults) {
      reads.push(condition);
      if (type === Type.bool || type === Type.tristate) reads.push(value);
      else if (source >= 0) reads.push(this.#firstSymbol + source);
    }
    for (const { condition, low, high } of rule.ranges)
      reads.push(condition, this.#firstSymbol + low, this.#firstSymbol + high);
    this.#addModules(reads, type, this.#firstSymbol + symbol);
    return reads.filter((node) => node !== NONE);
  }

  #readsOfAuxiliary(symbol: number): number[] {
    const rule = this.#program.rules[symbol]!;
    const reads: number[] = [];
    if (rule.choice >= 0) {
      reads.push(...rule.prompts, this.#firstSymbol + rule.choice);
      this.#addModules(reads, this.#program.types[symbol]!, this.#firstAuxiliary + symbol);
    } else {
      reads.push(this.#firstSymbol + symbol);
      for (const member of rule.members) reads.push(this.#firstAuxiliary + member);
      for (const { condition } of rule.defaults) reads.push(condition);
    }
    return reads.filter((node) => node !== NONE);
  }

  #addModules(reads: number[], type: number, node: number): void {
    if (type === Type.tristate && !this.#beforeModules.has(node)) reads.push(this.#firstSymbol + this.#modules);
  }

  #reverse(order: readonly number[]): { readerStart: Int32Array; readers: Int32Array } {
    const readerStart = new Int32Array(this.#count + 1);
    for (const node of order) for (const read of this.#reads[node]!) readerStart[read + 1]!++;
    for (let node = 0; node < this.#count; node++) readerStart[node + 1]! += readerStart[node]!;
    const readers = new Int32Array(readerStart[this.#count]!);
    const next = readerStart.slice();
    for (const node of order) for (const read of this.#reads[node]!) readers[next[read]!++] = node;
    return { readerStart, readers };
  }
}
