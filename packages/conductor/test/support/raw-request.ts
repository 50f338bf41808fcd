import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { pinned } from "../../src/index.js";

/** An answer with its body as text. */
export interface RawAnswer {
  readonly status: number;
  readonly text: string;
}

/** What to send. */
export interface RawInit {
  readonly method?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The certificate that the server must show. */
  readonly certificate?: string;
}

/** Sends exactly this. */
export function rawRequest(url: string, init: RawInit = {}): Promise<RawAnswer> {
  const { method = "GET", body, headers = { "content-type": "application/json" }, certificate } = init;
  const secure = url.startsWith("https:");
  const settings = {
    method,
    headers,
    agent: false as const,
    ...(certificate === undefined ? {} : pinned(certificate)),
  };
  return new Promise((resolve, reject) => {
    const sent = (secure ? httpsRequest : httpRequest)(url, settings, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => void (text += chunk));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
      response.on("error", reject);
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
