import type { Readable, Writable } from "node:stream";

/** The command's connection to the world; a test hands in its own. */
export interface Io {
  readonly stdin: Readable & { readonly fd?: number; readonly isTTY?: boolean; setRawMode?(mode: boolean): unknown };
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: Writable & { readonly isTTY?: boolean; readonly columns?: number; readonly rows?: number };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Aborted by Ctrl+C and by SIGTERM. */
  readonly signal: AbortSignal;
  /** From here on the work goes on where what is said cannot be written. */
  readonly ignoreOutputErrors: () => void;
}

/** Writes one line of result. */
export function print(io: Io, line = ""): void {
  io.stdout.write(`${line}\n`);
}

/** Writes one line about the work, beside the results. */
export function note(io: Io, line: string): void {
  io.stderr.write(`${line}\n`);
}
