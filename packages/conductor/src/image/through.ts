import { Readable, type Transform } from "node:stream";

/** The bytes behind a transform; what it is fed is read only as fast as its results are. Breaking off ends both. */
export async function* through(
  input: AsyncIterable<Buffer>,
  transform: Transform,
): AsyncGenerator<Buffer, void, undefined> {
  const fed = Readable.from(input, { objectMode: false });
  fed.on("error", (error) => transform.destroy(error));
  fed.pipe(transform);
  try {
    for await (const chunk of transform) yield chunk as Buffer;
  } finally {
    fed.destroy();
    transform.destroy();
  }
}
