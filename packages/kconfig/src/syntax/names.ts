/**
 * One string for each word, however often it is written: words are found by their characters, without cutting them out of
 * the text, and what is looked up by a word later finds its hash made already.
 */
export class Names {
  readonly #words = new Map<number, string>();

  /** The word from `start` to `end` of `text`, of which `hash` is what `addToHash` makes of its characters. */
  cut(text: string, start: number, end: number, hash: number): string {
    const known = this.#words.get(hash);
    if (known !== undefined && known.length === end - start && text.startsWith(known, start)) return known;
    const word = text.slice(start, end);
    if (known === undefined) this.#words.set(hash, word);
    return word;
  }
}

/** The hash of a word with one more character; that of no characters is 0. */
export const addToHash = (hash: number, code: number): number => (Math.imul(hash, 31) + code) | 0;
