import { plainLine } from "./lines.js";
import { KeywordSearch } from "./keywords.js";
import { keywords } from "./patterns.js";

/** A line that may matter, with what stood around it. */
export interface ScannedLine {
  /** Without escapes. */
  readonly text: string;
  /** Bytes before it in the log. */
  readonly offset: number;
  /** The lines before it, oldest first, at most `count`, without those too far back. To be asked at once, not later. */
  before(count: number): readonly string[];
}

const newline = 10;
/** A longer line is cut there. */
const longestLine = 64 * 1024;
/** So much of the end of a piece is kept for `before`. */
const keptTail = 8 * 1024;

const search = new KeywordSearch(keywords);
const decoder = new TextDecoder();

/** Goes through a log as bytes, in pieces of any size, and hands on the lines that hold one of the keywords. */
export class LogScanner {
  readonly #onLine: (line: ScannedLine) => number;
  /** So many lines more are wanted, whatever is in them. */
  #wanted = 0;
  /** Bytes before the piece at hand. */
  #passed = 0;
  /** What came last before it. */
  readonly #tail: Uint8Array[] = [];
  #tailLength = 0;
  /** A line whose end has not come yet. */
  #open: Uint8Array[] = [];
  #openLength = 0;

  /** `onLine` returns how many of the following lines it wants as well. */
  constructor(onLine: (line: ScannedLine) => number) {
    this.#onLine = onLine;
  }

  push(piece: Uint8Array): void {
    if (piece.length === 0) return;
    let start = 0;
    if (this.#openLength > 0) {
      const first = piece.indexOf(newline);
      if (first < 0) {
        this.#keepOpen(piece);
        return;
      }
      this.#keepOpen(piece.subarray(0, first + 1));
      this.#finishOpen();
      start = first + 1;
    }
    const last = piece.lastIndexOf(newline);
    if (last >= start) {
      this.#scan(piece.subarray(start, last + 1));
      start = last + 1;
    }
    if (start < piece.length) this.#keepOpen(piece.subarray(start));
  }

  /** The last line may have no line break. */
  end(): void {
    if (this.#openLength > 0) this.#finishOpen();
  }

  #keepOpen(piece: Uint8Array): void {
    // The caller may use its buffer again.
    if (this.#openLength < longestLine) this.#open.push(piece.slice(0, longestLine - this.#openLength));
    this.#openLength += piece.length;
  }

  #finishOpen(): void {
    const length = this.#openLength;
    const bytes = joined(this.#open);
    this.#open = [];
    this.#openLength = 0;
    this.#scan(bytes);
    this.#passed += length - bytes.length;
  }

  /** Whole lines. */
  #scan(bytes: Uint8Array): void {
    for (let from = 0; from < bytes.length;) {
      const found = this.#wanted > 0 ? from : search.next(bytes, from, bytes.length);
      if (found < 0) break;
      const start = found === 0 ? 0 : bytes.lastIndexOf(newline, found - 1) + 1;
      const next = bytes.indexOf(newline, found);
      const end = next < 0 ? bytes.length : next;
      const text = plainLine(decoder.decode(bytes.subarray(start, Math.min(end, start + longestLine))));
      const before = (count: number): readonly string[] => this.#before(bytes, start, count);
      this.#wanted = this.#onLine({ text, offset: this.#passed + start, before });
      from = end + 1;
    }
    this.#passed += bytes.length;
    this.#remember(bytes);
  }

  #remember(bytes: Uint8Array): void {
    const piece = bytes.slice(Math.max(0, bytes.length - keptTail));
    this.#tail.push(piece);
    this.#tailLength += piece.length;
    while (this.#tailLength - this.#tail[0]!.length >= keptTail) this.#tailLength -= this.#tail.shift()!.length;
  }

  /** The last lines that came, without escapes. */
  lastLines(count: number): readonly string[] {
    return this.#cut(decoder.decode(joined(this.#tail)), count, this.#passed > keptTail);
  }

  #before(bytes: Uint8Array, start: number, count: number): readonly string[] {
    const here = decoder.decode(bytes.subarray(Math.max(0, start - keptTail), start));
    const earlier = start < keptTail ? decoder.decode(joined(this.#tail)) : "";
    return this.#cut(`${earlier}${here}`, count, start + this.#passed > keptTail);
  }

  #cut(text: string, count: number, firstIsCut: boolean): readonly string[] {
    const lines = text.split("\n");
    if (lines.at(-1) === "") lines.pop();
    return lines.slice(Math.max(firstIsCut ? 1 : 0, lines.length - count)).map((line) => plainLine(line));
  }
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const [only] = pieces;
  if (pieces.length === 1 && only !== undefined) return only;
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
