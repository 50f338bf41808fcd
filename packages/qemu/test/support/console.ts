import { PassThrough } from "node:stream";
import { createConsole } from "../../src/serial/console.js";
import type { MachineExit, SerialConsole } from "../../src/index.js";

/** A console whose guest is played by the test. */
export interface PlayedGuest {
  readonly console: SerialConsole;
  /** The guest prints. */
  prints(text: string): void;
  /** What was typed into the guest so far. */
  typed(): string;
  /** Calls back with every piece that is typed. */
  onTyped(listener: (text: string) => void): void;
  /** The machine ends. */
  ends(exit?: Partial<MachineExit>): void;
}

export function playedGuest(): PlayedGuest {
  const input = new PassThrough();
  const output = new PassThrough();
  let typed = "";
  let clock = 0;
  let end: (exit: MachineExit) => void = () => {};
  const exited = new Promise<MachineExit>((resolve) => {
    end = resolve;
  });
  const listeners: ((text: string) => void)[] = [];
  input.setEncoding("utf8").on("data", (text: string) => {
    typed += text;
    for (const listener of listeners) listener(text);
  });
  return {
    console: createConsole({ input, output, exited, clock: () => (clock += 10) }),
    prints: (text) => void output.write(text),
    typed: () => typed,
    onTyped: (listener) => void listeners.push(listener),
    ends: (exit = {}) => end({ code: 0, signal: null, stderr: "", ...exit }),
  };
}

/** Lets streams and promises come to rest. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
