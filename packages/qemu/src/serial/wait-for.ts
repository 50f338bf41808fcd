import { abortError, onAbort, throwIfAborted } from "../process/abort.js";
import type { MachineExit, WaitContext, WaitOptions, WaitStrategy } from "../types.js";
import type { ConsoleReader } from "./reader.js";
import { exitedError, panicError, quotedLines, timeoutError } from "./wait-errors.js";

/** Milliseconds for the rest of a trace behind a panic's first line. */
const traceMs = 1000;

/**
 * Waits until the strategy is content. What the guest printed last is offered to the strategy before its end or its
 * panic fails the wait, so a strategy may well wait for a panic.
 * Errors: `WAIT_TIMEOUT`, `KERNEL_PANIC`, `MACHINE_EXITED`, `ABORTED`, and what the strategy throws.
 */
export async function waitFor<T>(
  reader: ConsoleReader,
  exited: Promise<MachineExit>,
  strategy: WaitStrategy<T>,
  options: WaitOptions,
): Promise<T> {
  throwIfAborted(options.signal);
  const over = new AbortController();
  const cleanups: (() => void)[] = [];
  // The guest may start again before anybody looks, so a panic that came meanwhile counts though it is over.
  const earlier = reader.panics.count;
  const currentPanic = () => (reader.panics.count > earlier ? reader.panics.last : reader.panics.panic);
  const failure = new Promise<never>((_, reject) => {
    const timeout = setTimeout(
      () => reject(timeoutError(strategy.description, options.timeoutMs, reader.screen(quotedLines))),
      options.timeoutMs,
    );
    let trace: NodeJS.Timeout | undefined;
    const failAtPanic = (): void => {
      const panic = currentPanic();
      if (panic === undefined) return clearTimeout(trace);
      clearTimeout(panic.complete ? trace : undefined);
      if (panic.complete) trace = setTimeout(() => reject(panicError(panic)), 0);
      else trace ??= setTimeout(() => reject(panicError(currentPanic() ?? panic)), traceMs);
    };
    const failAtExit = (exit: MachineExit): void => {
      if (over.signal.aborted) return;
      const panic = currentPanic();
      reject(
        panic === undefined ? exitedError(strategy.description, exit, reader.screen(quotedLines)) : panicError(panic),
      );
    };
    failAtPanic();
    void exited.then((exit) => setImmediate(failAtExit, exit));
    cleanups.push(
      () => clearTimeout(timeout),
      () => clearTimeout(trace),
      reader.onChange(failAtPanic),
      onAbort(options.signal, () => options.signal && reject(abortError(options.signal))),
    );
  });
  try {
    return await Promise.race([strategy.wait(createContext(reader, over.signal)), failure]);
  } finally {
    for (const cleanup of cleanups) cleanup();
    over.abort();
  }
}

function createContext(reader: ConsoleReader, signal: AbortSignal): WaitContext {
  return {
    unread: () => reader.unread(),
    consume: (length) => {
      // A strategy that lost the race must not take text from the next one.
      if (!signal.aborted) reader.consume(length);
    },
    changed: () =>
      new Promise<void>((resolve, reject) => {
        const settle = (act: () => void) => () => {
          stop();
          forget();
          act();
        };
        const stop = reader.onChange(() => settle(resolve)());
        const forget = onAbort(signal, () => settle(() => reject(abortError(signal)))());
      }),
    signal,
  };
}
