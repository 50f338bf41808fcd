/**
 * Finds lines that hold one of some words without turning the others into text: a table over pairs of bytes tells how far the
 * search may leap (Wu and Manber, "A fast algorithm for multi-pattern searching", 1994). Letters match in either case.
 */
export class KeywordSearch {
  readonly #words: readonly Uint8Array[];
  /** The length of the shortest word: nothing shorter than this can be found. */
  readonly #window: number;
  readonly #leap: Uint8Array;
  /** For a pair that may end a word's first bytes: those words. */
  readonly #candidates = new Map<number, Uint8Array[]>();

  /** `words` in lower case, each of at least three bytes of ASCII. */
  constructor(words: readonly string[]) {
    this.#words = words.map((word) => Uint8Array.from(word, (character) => character.charCodeAt(0)));
    this.#window = Math.min(...words.map((word) => word.length));
    this.#leap = new Uint8Array(65_536).fill(this.#window - 1);
    for (const word of this.#words) this.#enter(word);
  }

  #enter(word: Uint8Array): void {
    for (let end = 2; end <= this.#window; end++) {
      for (const first of bothCases(word[end - 2]!)) {
        for (const second of bothCases(word[end - 1]!)) {
          const pair = (first << 8) | second;
          this.#leap[pair] = Math.min(this.#leap[pair]!, this.#window - end);
          if (end < this.#window) continue;
          const others = this.#candidates.get(pair);
          if (others === undefined) this.#candidates.set(pair, [word]);
          else others.push(word);
        }
      }
    }
  }

  /** Where the next word begins at or after `from`; -1 if there is none before `end`. */
  next(bytes: Uint8Array, from: number, end: number): number {
    const window = this.#window;
    const leap = this.#leap;
    let last = from + window - 1;
    while (last < end) {
      const pair = (bytes[last - 1]! << 8) | bytes[last]!;
      const far = leap[pair]!;
      if (far !== 0) last += far;
      else if (this.#matches(pair, bytes, last - window + 1, end)) return last - window + 1;
      else last++;
    }
    return -1;
  }

  #matches(pair: number, bytes: Uint8Array, start: number, end: number): boolean {
    for (const word of this.#candidates.get(pair) ?? []) {
      if (start + word.length > end) continue;
      let index = 0;
      while (index < word.length && lower[bytes[start + index]!] === word[index]) index++;
      if (index === word.length) return true;
    }
    return false;
  }
}

const lower = Uint8Array.from({ length: 256 }, (_, code) => (code >= 65 && code <= 90 ? code + 32 : code));

function bothCases(code: number): readonly number[] {
  return code >= 97 && code <= 122 ? [code, code - 32] : [code];
}
