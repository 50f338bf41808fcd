import type { Readable, Writable } from "node:stream";
import { QemuError } from "../errors.js";
import type { MachineExit, SerialConsole } from "../types.js";
import { text } from "../wait/text.js";
import { attach } from "./attach.js";
import { exec } from "./exec.js";
import { login } from "./login.js";
import { createReader } from "./reader.js";
import { createRecording } from "./recording.js";
import { waitFor } from "./wait-for.js";
import { quotedLines } from "./wait-errors.js";

/** What a console is made from. */
export interface ConsoleSource {
  /** Leads to the guest. */
  readonly input: Writable;
  /** Comes from the guest. */
  readonly output: Readable;
  readonly exited: Promise<MachineExit>;
  /** Milliseconds since the machine was started. */
  readonly clock: () => number;
}

/** The console over two streams. It reads the output from now on, whether somebody waits or not. */
export function createConsole(source: ConsoleSource): SerialConsole {
  const recording = createRecording();
  const reader = createReader();
  const listeners = new Set<(text: string) => void>();
  let ended = false;
  let attached = false;
  source.output.setEncoding("utf8").on("data", (chunk: string) => {
    recording.add(source.clock(), chunk);
    for (const listener of listeners) listener(chunk);
    reader.add(chunk);
  });
  void source.exited.finally(() => {
    ended = true;
  });

  const write = (text: string): void => {
    if (!ended && source.input.writable) source.input.write(text);
  };
  const onOutput = (listener: (text: string) => void) => {
    listeners.add(listener);
    return (): void => void listeners.delete(listener);
  };
  const self: SerialConsole = {
    get transcript() {
      return recording.text;
    },
    get recording() {
      return recording.pieces;
    },
    screen: (lines = quotedLines) => reader.screen(lines),
    send(text) {
      if (ended) throw new QemuError("MACHINE_EXITED", "The machine has ended: nothing can be typed into it.");
      write(text);
    },
    onOutput,
    expect: (pattern, options) => self.waitFor(text(pattern), options),
    waitFor: (strategy, options) => waitFor(reader, source.exited, strategy, options),
    login: (credentials, options) => login(self, credentials, options),
    exec: (command, options) => exec(self, command, options),
    async resize({ columns, rows }, options) {
      const { exitCode } = await exec(self, `stty columns ${Math.trunc(columns)} rows ${Math.trunc(rows)}`, options);
      return exitCode === 0;
    },
    async attach(options) {
      if (attached) {
        throw new QemuError("CONSOLE_BUSY", "A terminal is attached to this console already.", {
          hint: "Leave it first, with Ctrl-a x or its signal.",
        });
      }
      attached = true;
      try {
        return await attach({ write, onOutput, exited: source.exited }, options);
      } finally {
        attached = false;
      }
    },
  };
  return self;
}
