import { connect } from "node:net";
import { onAbort } from "../process/abort.js";
import type { WaitStrategy } from "../types.js";
import { betweenTriesMs, pause } from "../process/pause.js";

/** Where to connect and what to say. */
export interface TcpAnswerOptions {
  /** The host's end of a forward. */
  readonly port: number;
  /** 127.0.0.1 unless said otherwise. */
  readonly host?: string;
  /** Sent first, for services that wait for a question; without it the service must greet, as SSH does. */
  readonly send?: string;
  /** Milliseconds for one try; 5000 unless said otherwise. */
  readonly tryMs?: number;
}

/**
 * Waits until something in the guest answers at a forwarded TCP port; results in the first bytes as text. A mere
 * connection says nothing: QEMU's user networking accepts it itself, before it asks the guest.
 */
export function tcpAnswer(options: TcpAnswerOptions): WaitStrategy<string> {
  const { host = "127.0.0.1", port } = options;
  return {
    description: `an answer at TCP port ${port} of ${host}`,
    async wait({ signal }) {
      for (;;) {
        const answer = await firstBytes(host, options, signal);
        if (answer !== undefined) return answer;
        await pause(betweenTriesMs, signal);
        signal.throwIfAborted();
      }
    },
  };
}

function firstBytes(host: string, options: TcpAnswerOptions, signal: AbortSignal): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host, port: options.port });
    const end = (answer: string | undefined): void => {
      socket.destroy();
      forget();
      resolve(answer);
    };
    const forget = onAbort(signal, () => queueMicrotask(() => end(undefined)));
    socket.setTimeout(options.tryMs ?? 5000, () => end(undefined));
    socket.once("connect", () => options.send !== undefined && socket.write(options.send));
    socket.once("data", (data) => end(data.toString("utf8")));
    socket.once("error", () => end(undefined)).once("close", () => end(undefined));
  });
}
