/** Numbers by index, 0 where none was set; grows without the price of an array of any values. */
export class NumberList {
  #numbers: Int32Array<ArrayBuffer>;
  length = 0;

  /** `expected`: about how many numbers there will be. */
  constructor(expected = 0) {
    this.#numbers = new Int32Array(Math.max(1 << 10, expected));
  }

  at(index: number): number {
    return index < this.#numbers.length ? this.#numbers[index]! : 0;
  }

  set(index: number, number: number): void {
    if (index >= this.#numbers.length) {
      const longer = new Int32Array(2 * index);
      longer.set(this.#numbers);
      this.#numbers = longer;
    }
    this.#numbers[index] = number;
  }

  push(number: number): void {
    this.set(this.length++, number);
  }

  pushAll(...numbers: readonly number[]): void {
    for (const number of numbers) this.push(number);
  }

  /** The numbers that were pushed, until the next one is. */
  view(): Int32Array {
    return this.#numbers.subarray(0, this.length);
  }

  /** The numbers that were pushed. */
  take(): Int32Array<ArrayBuffer> {
    return this.#numbers.slice(0, this.length);
  }

  clear(): void {
    this.#numbers.fill(0);
  }
}
