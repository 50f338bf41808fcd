/** C reads at most so many characters of a line at a time. */
const limit = 4095;

/** Cuts a text that comes in pieces into lines, as fgets() of C does. */
export class LineSource {
  #text = "";
  #ended = false;

  push(text: string): void {
    this.#text += text;
  }

  end(): void {
    this.#ended = true;
  }

  /** True where `next` would not have to wait for more. */
  get ready(): boolean {
    return this.#ended || this.#text.includes("\n") || this.#text.length >= limit;
  }

  /** The next line with its line end, a part of an overlong one, the rest of the text; `undefined` at its end. */
  next(): string | undefined {
    if (this.#text === "") return undefined;
    const newline = this.#text.indexOf("\n");
    const end = Math.min(newline < 0 ? this.#text.length : newline + 1, limit);
    const line = this.#text.slice(0, end);
    this.#text = this.#text.slice(end);
    return line;
  }
}
