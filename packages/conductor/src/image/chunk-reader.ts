/** Reads a stream of chunks by counts of bytes. */
export class ChunkReader {
  readonly #chunks: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);
  #consumed = 0;

  constructor(chunks: AsyncIterable<Buffer>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** Bytes read so far. */
  get consumed(): number {
    return this.#consumed;
  }

  /** The next bytes without reading them; fewer at the end. For small counts. */
  async peek(length: number): Promise<Buffer> {
    while (this.#rest.length < length) {
      const next = await this.#chunks.next();
      if (next.done === true) break;
      this.#rest = this.#rest.length === 0 ? next.value : Buffer.concat([this.#rest, next.value]);
    }
    return this.#rest.subarray(0, length);
  }

  /** The next bytes; fewer at the end. For small counts. */
  async read(length: number): Promise<Buffer> {
    const bytes = await this.peek(length);
    this.#take(bytes.length);
    return bytes;
  }

  /** The next bytes, piece by piece as they come; fewer at the end. */
  async *pieces(length: number): AsyncGenerator<Buffer, void, undefined> {
    for (let left = length; left > 0;) {
      const some = await this.peek(1);
      if (some.length === 0) return;
      const piece = this.#rest.subarray(0, left);
      this.#take(piece.length);
      left -= piece.length;
      yield piece;
    }
  }

  /** Goes on behind zeroes. */
  async skipZeroes(): Promise<void> {
    for (;;) {
      if ((await this.peek(1)).length === 0) return;
      const first = this.#rest.findIndex((byte) => byte !== 0);
      this.#take(first === -1 ? this.#rest.length : first);
      if (first !== -1) return;
    }
  }

  /** Lets go of the stream. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  #take(length: number): void {
    this.#rest = this.#rest.subarray(length);
    this.#consumed += length;
  }
}
