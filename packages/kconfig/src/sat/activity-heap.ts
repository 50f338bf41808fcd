/** Variables, the one of the highest activity first; of equal ones, any. */
export class ActivityHeap {
  readonly #activity: readonly number[];
  readonly #heap: number[] = [];
  /** By variable, its place in the heap; -1 where it is not in it. */
  readonly #places: number[] = [-1];

  constructor(activity: readonly number[]) {
    this.#activity = activity;
  }

  /** Puts a variable in, if it is not there. */
  add(variable: number): void {
    while (this.#places.length <= variable) this.#places.push(-1);
    if (this.#places[variable]! >= 0) return;
    this.#heap.push(variable);
    this.#rise(this.#heap.length - 1, variable);
  }

  /** Its activity has grown. */
  raise(variable: number): void {
    const place = this.#places[variable]!;
    if (place >= 0) this.#rise(place, variable);
  }

  take(): number | undefined {
    const first = this.#heap[0];
    if (first === undefined) return undefined;
    this.#places[first] = -1;
    const last = this.#heap.pop()!;
    if (last !== first) this.#sink(last);
    return first;
  }

  #rise(from: number, variable: number): void {
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = this.#heap[parent]!;
      if (this.#activity[above]! >= this.#activity[variable]!) break;
      this.#place(at, above);
      at = parent;
    }
    this.#place(at, variable);
  }

  #sink(variable: number): void {
    const { length } = this.#heap;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= length) break;
      if (child + 1 < length && this.#activity[this.#heap[child + 1]!]! > this.#activity[this.#heap[child]!]!) child++;
      const below = this.#heap[child]!;
      if (this.#activity[below]! <= this.#activity[variable]!) break;
      this.#place(at, below);
      at = child;
    }
    this.#place(at, variable);
  }

  #place(at: number, variable: number): void {
    this.#heap[at] = variable;
    this.#places[variable] = at;
  }
}
