import { ActivityHeap } from "./activity-heap.js";

/** A literal: twice a variable's number, plus one where it is negated. Variables count from 1. */
export type Literal = number;

export const negate = (literal: Literal): Literal => literal ^ 1;

/** What a search came to; `unknown` where it was given up. */
export type Verdict = "satisfiable" | "unsatisfiable" | "unknown";

const unassigned = 2;

/** Finds values for variables so that every clause has a true literal: a search that learns from its conflicts (CDCL). */
export class Solver {
  /** By literal: 0 false, 1 true, 2 open. */
  readonly #values: number[] = [unassigned, unassigned];
  /** By literal, the clauses that watch it. */
  readonly #watches: number[][] = [[], []];
  readonly #clauses: Literal[][] = [];
  readonly #level: number[] = [0];
  /** By variable, the clause that forced it; -1 for none. */
  readonly #reason: number[] = [-1];
  readonly #activity: number[] = [0];
  readonly #heap = new ActivityHeap(this.#activity);
  readonly #trail: Literal[] = [];
  readonly #limits: number[] = [];
  /** By variable: 0 where it is first tried as true, else 1. */
  readonly #phase: number[] = [1];
  #head = 0;
  #increment = 1;
  #contradiction = false;

  /** A variable; `preferred` is what it is tried as first. */
  newVariable(preferred = false): Literal {
    const variable = this.#level.length;
    this.#values.push(unassigned, unassigned);
    this.#watches.push([], []);
    this.#level.push(0);
    this.#reason.push(-1);
    this.#activity.push(0);
    this.#phase.push(preferred ? 0 : 1);
    this.#heap.add(variable);
    return variable * 2;
  }

  /** Takes back what was found, so that clauses can be added. */
  restart(): void {
    if (this.#limits.length > 0) this.#backtrack(0);
  }

  /** Before `solve`, or after `restart`. */
  addClause(literals: readonly Literal[]): void {
    const clause = new Set(literals);
    for (const literal of clause) if (clause.has(negate(literal)) || this.#values[literal] === 1) return;
    const open = [...clause].filter((literal) => this.#values[literal] !== 0);
    if (open.length === 0) this.#contradiction = true;
    else if (open.length === 1) this.#assign(open[0]!, -1);
    else this.#attach(open);
  }

  /** Looks for values; gives up after `budget` conflicts. */
  solve(budget: number): Verdict {
    if (this.#contradiction) return "unsatisfiable";
    for (let conflicts = 0; ;) {
      const conflict = this.#propagate();
      if (conflict >= 0) {
        if (this.#limits.length === 0) return "unsatisfiable";
        if (++conflicts > budget) return "unknown";
        this.#learn(conflict);
        continue;
      }
      const decision = this.#decide();
      if (decision === undefined) return "satisfiable";
      this.#limits.push(this.#trail.length);
      this.#assign(decision, -1);
    }
  }

  /** The value of a literal in what was found. */
  isTrue(literal: Literal): boolean {
    return this.#values[literal] === 1;
  }

  #attach(clause: Literal[]): number {
    const index = this.#clauses.push(clause) - 1;
    this.#watches[clause[0]!]!.push(index);
    this.#watches[clause[1]!]!.push(index);
    return index;
  }

  #assign(literal: Literal, reason: number): void {
    this.#values[literal] = 1;
    this.#values[negate(literal)] = 0;
    this.#level[literal >> 1] = this.#limits.length;
    this.#reason[literal >> 1] = reason;
    this.#trail.push(literal);
  }

  /** Follows what is forced; the clause that cannot be met, else -1. */
  #propagate(): number {
    while (this.#head < this.#trail.length) {
      const falsified = negate(this.#trail[this.#head++]!);
      const watching = this.#watches[falsified]!;
      let kept = 0;
      for (let index = 0; index < watching.length; index++) {
        const clauseIndex = watching[index]!;
        const clause = this.#clauses[clauseIndex]!;
        if (clause[0] === falsified) [clause[0], clause[1]] = [clause[1]!, falsified];
        const first = clause[0]!;
        if (this.#values[first] === 1) {
          watching[kept++] = clauseIndex;
          continue;
        }
        if (this.#moveWatch(clause, clauseIndex)) continue;
        watching[kept++] = clauseIndex;
        if (this.#values[first] !== 0) {
          this.#assign(first, clauseIndex);
          continue;
        }
        while (++index < watching.length) watching[kept++] = watching[index]!;
        watching.length = kept;
        return clauseIndex;
      }
      watching.length = kept;
    }
    return -1;
  }

  /** Lets the clause watch another literal than its second one, if one is not false. */
  #moveWatch(clause: Literal[], index: number): boolean {
    for (let at = 2; at < clause.length; at++) {
      if (this.#values[clause[at]!] === 0) continue;
      [clause[1], clause[at]] = [clause[at]!, clause[1]!];
      this.#watches[clause[1]]!.push(index);
      return true;
    }
    return false;
  }

  /** Turns a conflict into a clause that forbids its cause, and goes back to where that clause forces something. */
  #learn(conflict: number): void {
    const level = this.#limits.length;
    const seen = new Set<number>();
    const learnt: Literal[] = [];
    let open = 0;
    let at = this.#trail.length - 1;
    let clause = this.#clauses[conflict]!;
    let pivot: Literal | undefined;
    for (;;) {
      for (const literal of clause) {
        const variable = literal >> 1;
        if (literal === pivot || seen.has(variable) || this.#level[variable] === 0) continue;
        seen.add(variable);
        this.#activity[variable]! += this.#increment;
        this.#heap.raise(variable);
        if (this.#level[variable] === level) open++;
        else learnt.push(literal);
      }
      while (!seen.has(this.#trail[at]! >> 1)) at--;
      pivot = this.#trail[at--]!;
      if (--open === 0) break;
      clause = this.#clauses[this.#reason[pivot >> 1]!]!;
    }
    this.#increment *= 1.05;
    if (this.#increment > 1e100) this.#rescale();
    const back = learnt.reduce((highest, literal) => Math.max(highest, this.#level[literal >> 1]!), 0);
    this.#backtrack(back);
    const asserted = negate(pivot);
    // The literal of the highest level left has to be watched.
    learnt.sort((a, b) => this.#level[b >> 1]! - this.#level[a >> 1]!);
    const index = learnt.length === 0 ? -1 : this.#attach([asserted, ...learnt]);
    this.#assign(asserted, index);
  }

  #rescale(): void {
    for (let variable = 0; variable < this.#activity.length; variable++) this.#activity[variable]! *= 1e-100;
    this.#increment *= 1e-100;
  }

  #backtrack(level: number): void {
    const from = this.#limits[level]!;
    for (let at = this.#trail.length - 1; at >= from; at--) {
      const literal = this.#trail[at]!;
      this.#values[literal] = unassigned;
      this.#values[negate(literal)] = unassigned;
      this.#heap.add(literal >> 1);
    }
    this.#trail.length = from;
    this.#limits.length = level;
    this.#head = from;
  }

  /** The variable that had to do with most conflicts, as it is preferred. */
  #decide(): Literal | undefined {
    for (let variable = this.#heap.take(); variable !== undefined; variable = this.#heap.take()) {
      if (this.#values[variable * 2] === unassigned) return variable * 2 + this.#phase[variable]!;
    }
    return undefined;
  }
}
