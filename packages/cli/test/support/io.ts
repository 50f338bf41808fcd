import { PassThrough, Writable } from "node:stream";
import type { Io } from "../../src/io.js";

/** An Io whose output is kept. */
export interface TestIo extends Io {
  readonly out: () => string;
  readonly err: () => string;
}

class Sink extends Writable {
  text = "";
  readonly isTTY: boolean;
  readonly columns = 100;

  constructor(isTTY: boolean) {
    super();
    this.isTTY = isTTY;
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

export function testIo(options: { cwd?: string; env?: Io["env"]; tty?: boolean; signal?: AbortSignal } = {}): TestIo {
  const stdout = new Sink(options.tty ?? false);
  const stderr = new Sink(options.tty ?? false);
  return {
    stdin: new PassThrough(),
    stdout,
    stderr,
    env: options.env ?? { PATH: process.env["PATH"], HOME: "/nonexistent" },
    cwd: options.cwd ?? "/",
    signal: options.signal ?? new AbortController().signal,
    ignoreOutputErrors: () => undefined,
    out: () => stdout.text,
    err: () => stderr.text,
  };
}
