import { StringDecoder } from "node:string_decoder";
import { abortError, onAbort, throwIfAborted } from "../process/abort.js";
import type { AttachEnd, AttachOptions } from "../types.js";
import { escapeKeys } from "./escape-keys.js";

/** What a terminal is attached to. */
export interface AttachTarget {
  write(text: string): void;
  /** Calls the listener with every piece of output as it came; the returned function ends that. */
  onOutput(listener: (text: string) => void): () => void;
  readonly exited: Promise<unknown>;
}

/**
 * Connects a terminal with the guest. Raw mode, so Ctrl-c and the like reach the guest; it is switched back on every
 * way out, an error included. (Node itself switches it back when the program ends by `process.exit`, an uncaught error
 * or a signal that can be caught.)
 */
export async function attach(target: AttachTarget, options: AttachOptions): Promise<AttachEnd> {
  const { input, output, signal } = options;
  throwIfAborted(signal);
  const cleanups: (() => void)[] = [];
  const raw = input.isTTY === true;
  const wasPaused = input.isPaused();
  try {
    if (raw) {
      input.setRawMode?.(true);
      cleanups.push(() => input.setRawMode?.(false));
    }
    return await new Promise<AttachEnd>((resolve, reject) => {
      const understand = escapeKeys();
      const decoder = new StringDecoder("utf8");
      const onData = (chunk: string | Uint8Array): void => {
        const text = typeof chunk === "string" ? chunk : decoder.write(Buffer.from(chunk));
        const typed = understand(text);
        if (typed.forward !== "") target.write(typed.forward);
        if (typed.resize) target.write(sizeCommand(output));
        if (typed.leave) resolve("left");
      };
      const onInputEnd = (): void => resolve("input-ended");
      const onOutputEnd = (): void => resolve("output-ended");
      cleanups.push(
        target.onOutput((text) => void output.write(text)),
        onAbort(signal, () => signal && reject(abortError(signal))),
        () => input.removeListener("data", onData),
        () => input.removeListener("end", onInputEnd).removeListener("close", onInputEnd),
        () => output.removeListener("close", onOutputEnd).removeListener("error", onOutputEnd),
      );
      input.on("data", onData).once("end", onInputEnd).once("close", onInputEnd);
      output.once("close", onOutputEnd).once("error", onOutputEnd);
      input.resume();
      void target.exited.then(() => resolve("machine-exited"));
    });
  } finally {
    for (const cleanup of cleanups) quietly(cleanup);
    if (wasPaused || raw) quietly(() => input.pause());
  }
}

/** What a person would type to tell the guest the window's size: a serial line has no other way. */
function sizeCommand({ columns, rows }: AttachOptions["output"]): string {
  return columns === undefined || rows === undefined ? "" : ` stty columns ${columns} rows ${rows}\n`;
}

/** A terminal that is gone cannot be restored, and that must not hide why we are leaving. */
function quietly(cleanup: () => void): void {
  try {
    cleanup();
  } catch {
    // See above.
  }
}
