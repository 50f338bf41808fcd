import type { IncomingMessage } from "node:http";
import type { Fault } from "../nodes/fault.js";

/** Ironic's words and limits: `ironic/api/middleware/json_depth.py`, `ironic/conf/api.py`. */
const tooLarge: Fault = {
  ...{ fault: true, bare: true, status: 413 },
  faultstring: "Request body is too large. Please contact the service administrator.",
};

/** How far a body that is too large is read, so that its sender reads the answer instead of a reset connection. */
const drained = 4;

/**
 * The body of a request, or Ironic's refusal where it is larger than `limit` bytes. An oversized body is thrown away as it
 * comes. Rejects if the request is broken off.
 */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer | Fault> {
  const announced = Number(request.headers["content-length"] ?? 0);
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit && announced <= limit) chunks.push(chunk);
      else chunks = [];
      if (size > limit * drained) resolve(tooLarge);
    });
    request.on("end", () => resolve(size > limit ? tooLarge : Buffer.concat(chunks)));
    request.on("error", reject);
    request.on("close", () => reject(new Error("The request was broken off.")));
  });
}
