import type { Io } from "../../io.js";

const lineStart = "\r";
const up = (rows: number): string => (rows > 0 ? `\u001B[${rows}A` : "");
const clearRight = "\u001B[K";
const clearBelow = "\u001B[J";

/**
 * Lines at the bottom of a terminal that are drawn over and over. No mode of the terminal is changed, so that there is nothing to
 * restore however the command ends. Each frame is one write that overwrites the former in place: nothing is blank in between.
 */
export class Screen {
  readonly #stream: Io["stderr"];
  #lines: readonly string[] = [];

  constructor(stream: Io["stderr"]) {
    this.#stream = stream;
  }

  get columns(): number {
    return this.#stream.columns || 80;
  }

  get rows(): number {
    return this.#stream.rows || 24;
  }

  /** Shows these lines instead of those of before, below `above`, which stay where they are and scroll away. */
  draw(lines: readonly string[], above: readonly string[] = []): void {
    if (above.length === 0 && lines.join("\n") === this.#lines.join("\n")) return;
    const text = [...above, ...lines].map((line) => `${line}${clearRight}\n`).join("");
    this.#stream.write(`${this.#back()}${text}${clearBelow}`);
    this.#lines = lines;
  }

  /** Leaves the terminal as if nothing had been shown. */
  clear(): void {
    if (this.#lines.length > 0) this.#stream.write(`${this.#back()}${clearBelow}`);
    this.#lines = [];
  }

  /** The next frame goes where the cursor is: somebody else has written meanwhile. */
  forget(): void {
    this.#lines = [];
  }

  /** To the first of the lines. A terminal that became narrower has broken some of them into several rows. */
  #back(): string {
    const rows = this.#lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / this.columns)), 0);
    return `${up(rows)}${lineStart}`;
  }
}
