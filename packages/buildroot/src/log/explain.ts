import { open } from "node:fs/promises";
import { BuildrootError } from "../errors.js";
import { CauseFinder, recentTold, type Cause } from "./cause.js";
import { LogScanner } from "./scan.js";
import { parseStep } from "./step.js";

export interface ExplainLogOptions {
  readonly signal?: AbortSignal;
}

/** A failure as its log tells it, and where it stands there. */
export interface LogExplanation extends Cause {
  /** The line, from 1, at which the cause stands; undefined if nothing was found. */
  readonly line: number | undefined;
}

const pieceSize = 1 << 20;

/** A scanner that tells a cause finder and, if given, another listener of the steps. */
export function causeScanner(finder: CauseFinder): LogScanner {
  return new LogScanner((line) => {
    const step = parseStep(line.text);
    if (step === undefined) return finder.line(line);
    finder.step(step);
    return 0;
  });
}

/**
 * Reads the log of a make that failed (this package's or any other of Buildroot's, escapes and all) and tells why.
 * Throws ABORTED.
 */
export async function explainLog(path: string, options: ExplainLogOptions = {}): Promise<LogExplanation> {
  const finder = new CauseFinder();
  const scanner = causeScanner(finder);
  const file = await open(path);
  try {
    const piece = Buffer.allocUnsafe(pieceSize);
    for (;;) {
      const { bytesRead } = await file.read(piece, 0, pieceSize);
      if (bytesRead === 0) break;
      if (options.signal?.aborted === true) {
        throw new BuildrootError("ABORTED", `Reading ${path} was ended on request.`, { cause: options.signal.reason });
      }
      scanner.push(piece.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
  scanner.end();
  const cause = finder.result(scanner.lastLines(recentTold));
  return { ...cause, line: await lineAt(path, cause.offset) };
}

/** The number, from 1, of the line that begins at an offset. */
export async function lineAt(path: string, offset: number | undefined): Promise<number | undefined> {
  if (offset === undefined) return undefined;
  const file = await open(path);
  try {
    const piece = Buffer.allocUnsafe(pieceSize);
    let line = 1;
    for (let at = 0; at < offset;) {
      const { bytesRead } = await file.read(piece, 0, Math.min(pieceSize, offset - at), at);
      if (bytesRead === 0) break;
      for (let index = 0; index < bytesRead; index++) if (piece[index] === 10) line++;
      at += bytesRead;
    }
    return line;
  } finally {
    await file.close();
  }
}
