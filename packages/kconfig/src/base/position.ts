/** A place in a text. Lines and columns count from 1, columns in UTF-16 units; `offset` counts from 0. */
export interface Position {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

/** Turns offsets of one text into lines and columns; built on first use, then one binary search per question. */
export class LineTable {
  readonly #text: string;
  #starts: number[] | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** The position of `offset`; offsets outside of the text are moved to its ends. */
  position(offset: number): Position {
    const at = Math.max(0, Math.min(offset, this.#text.length));
    const starts = this.#lineStarts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= at) low = middle;
      else high = middle - 1;
    }
    return { offset: at, line: low + 1, column: at - starts[low]! + 1 };
  }

  /** The text of line `line` (from 1) without its line end; empty where there is no such line. */
  line(line: number): string {
    const starts = this.#lineStarts();
    const start = starts[line - 1];
    if (start === undefined) return "";
    const end = starts[line] ?? this.#text.length + 1;
    return this.#text.slice(start, Math.max(start, end - 1)).replace(/\r$/, "");
  }

  #lineStarts(): number[] {
    if (this.#starts !== undefined) return this.#starts;
    const starts = [0];
    for (let at = this.#text.indexOf("\n"); at >= 0; at = this.#text.indexOf("\n", at + 1)) starts.push(at + 1);
    this.#starts = starts;
    return starts;
  }
}
