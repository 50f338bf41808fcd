/** A packed part of a file. */
export interface Member {
  /** What it unpacks to; to be read once, to its end. */
  readonly chunks: AsyncGenerator<Buffer, void, undefined>;
  /** Where it ends in the file; known when `chunks` was read. */
  end(): number;
}
