/** Numbers waiting for their turn, each at most once, the smallest first. */
export class DirtyQueue {
  readonly #heap: number[] = [];
  readonly #waiting: Uint8Array;

  /** `count`: numbers are below it. */
  constructor(count: number) {
    this.#waiting = new Uint8Array(count);
  }

  get isEmpty(): boolean {
    return this.#heap.length === 0;
  }

  clear(): void {
    for (const number of this.#heap) this.#waiting[number] = 0;
    this.#heap.length = 0;
  }

  add(number: number): void {
    if (this.#waiting[number] === 1) return;
    this.#waiting[number] = 1;
    const heap = this.#heap;
    let at = heap.length;
    heap.push(number);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (heap[parent]! <= number) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = number;
  }

  /** Takes the smallest number out; -1 where there is none. */
  next(): number {
    const heap = this.#heap;
    const first = heap[0];
    if (first === undefined) return -1;
    this.#waiting[first] = 0;
    const last = heap.pop()!;
    if (heap.length > 0) this.#sink(last);
    return first;
  }

  #sink(number: number): void {
    const heap = this.#heap;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && heap[child + 1]! < heap[child]!) child++;
      if (heap[child]! >= number) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = number;
  }
}
