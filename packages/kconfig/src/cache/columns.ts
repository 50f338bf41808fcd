/** A tree without its objects: what a `TreeStore` keeps. */
export interface TreeImage {
  /** JSON: everything that is neither numbers nor help texts. */
  readonly directory: string;
  /** All help texts, one after the other. */
  readonly help: string;
  readonly numbers: Int32Array<ArrayBuffer>;
}

export type Columns = Readonly<Record<string, ArrayLike<number>>>;

/** The name of a column and how long it is, in the order of the numbers. */
export type ColumnLengths = readonly (readonly [name: string, length: number])[];

/** Puts columns one after the other. */
export function joinColumns(columns: Columns): { lengths: ColumnLengths; numbers: Int32Array<ArrayBuffer> } {
  const lengths = Object.entries(columns).map(([name, column]) => [name, column.length] as const);
  const numbers = new Int32Array(lengths.reduce((sum, [, length]) => sum + length, 0));
  let at = 0;
  for (const [name, length] of lengths) {
    numbers.set(columns[name]!, at);
    at += length;
  }
  return { lengths, numbers };
}

/** The columns as views on the numbers; `undefined` where they are not as long as the lengths say. */
export function splitColumns(
  numbers: Int32Array<ArrayBuffer>,
  lengths: ColumnLengths,
): Readonly<Record<string, Int32Array<ArrayBuffer>>> | undefined {
  const columns: Record<string, Int32Array<ArrayBuffer>> = {};
  let at = 0;
  for (const [name, length] of lengths) {
    columns[name] = numbers.subarray(at, at + length);
    at += length;
  }
  return at === numbers.length ? columns : undefined;
}
