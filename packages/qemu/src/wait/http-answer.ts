import { get as httpGet } from "node:http";
import { get as httpsGet } from "node:https";
import type { WaitStrategy } from "../types.js";
import { betweenTriesMs, pause } from "../process/pause.js";

/** What to ask for and which answer counts. */
export interface HttpAnswerOptions {
  /** A URL at the host's end of a forward: `http://127.0.0.1:8080/`. */
  readonly url: string;
  /** Which status counts as there; 200 to 399 unless said otherwise. */
  readonly accept?: (status: number) => boolean;
  /** For https: the certificate authorities to trust, as PEM. */
  readonly ca?: string;
  /** Milliseconds for one try; 5000 unless said otherwise. */
  readonly tryMs?: number;
}

/** Waits until a web server in the guest answers; results in the status. */
export function httpAnswer(options: HttpAnswerOptions): WaitStrategy<number> {
  const accept = options.accept ?? ((status) => status >= 200 && status < 400);
  return {
    description: `an answer of ${options.url}`,
    async wait({ signal }) {
      for (;;) {
        const status = await ask(options, signal);
        if (status !== undefined && accept(status)) return status;
        await pause(betweenTriesMs, signal);
        signal.throwIfAborted();
      }
    },
  };
}

function ask({ url, ca, tryMs = 5000 }: HttpAnswerOptions, signal: AbortSignal): Promise<number | undefined> {
  return new Promise((resolve) => {
    const get = url.startsWith("https:") ? httpsGet : httpGet;
    const request = get(url, { agent: false, signal, timeout: tryMs, ...(ca === undefined ? {} : { ca }) });
    request.once("response", (response) => {
      response.destroy();
      resolve(response.statusCode);
    });
    request.once("timeout", () => request.destroy());
    request.once("error", () => resolve(undefined)).once("close", () => resolve(undefined));
  });
}
