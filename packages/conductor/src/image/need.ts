import { invalidImage } from "./invalid.js";
import type { FileSource } from "./source.js";

/**
 * All of the bytes at a place. Errors: `IMAGE_INVALID` where the file ends before.
 * @param within completes the sentence "it is cut off in the middle of ..."
 */
export async function need(source: FileSource, offset: number, length: number, within: string): Promise<Buffer> {
  const bytes = await source.bytes(offset, length);
  if (bytes.length === length) return bytes;
  throw invalidImage(source.path, source.size, `it is cut off in the middle of ${within}`);
}
