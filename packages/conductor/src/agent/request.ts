import { request as httpRequest } from "node:http";
import { request as httpsRequest, type RequestOptions } from "node:https";
import { connectionError, untrusted } from "./connection-error.js";
import { ConductorError } from "../errors.js";
import { pinned } from "./pin.js";
import type { AgentEndpoint } from "./endpoint.js";
import type { WaitOptions } from "../types.js";

/** An answer of the agent: status and body. */
export interface AgentAnswer {
  readonly status: number;
  readonly text: string;
}

/** A request to the agent. */
export interface AgentRequest {
  readonly method: "GET" | "POST";
  /** `/v1/status`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Bytes of an answer that are read; logs make it long. */
const longestAnswer = 64 * 1024 * 1024;

/**
 * Sends one request and reads the whole answer. An https agent must show the very certificate that it sent with its
 * heartbeat, valid for the address it is called at.
 * Errors: `OPTIONS_INVALID`, `AGENT_UNREACHABLE`, `AGENT_UNTRUSTED`, `AGENT_ANSWER_INVALID`, `WAIT_TIMEOUT`, `ABORTED`.
 */
export function agentRequest(
  endpoint: AgentEndpoint,
  request: AgentRequest,
  options: WaitOptions,
): Promise<AgentAnswer> {
  if (!URL.canParse(request.path, endpoint.url)) return Promise.reject(noAddress(endpoint));
  const url = new URL(request.path, endpoint.url);
  for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, value);
  const secure = url.protocol === "https:";
  if (secure && endpoint.certificate === undefined) return Promise.reject(untrusted(endpoint, "it sent none"));
  const timeout = AbortSignal.timeout(options.timeoutMs);
  const signal = options.signal === undefined ? timeout : AbortSignal.any([timeout, options.signal]);
  const body = request.body === undefined ? undefined : Buffer.from(JSON.stringify(request.body));
  const settings: RequestOptions = {
    ...{ method: request.method, signal, agent: false },
    headers: { accept: "application/json", ...bodyHeaders(body), ...request.headers },
    ...(secure && endpoint.certificate !== undefined ? pinned(endpoint.certificate) : {}),
  };
  return new Promise((resolve, reject) => {
    const failed = (error: Error) => reject(connectionError(error, endpoint, options, timeout));
    const sent = (secure ? httpsRequest : httpRequest)(url, settings, (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on("data", (chunk: Buffer) => {
        size += chunk.length;
        chunks.push(chunk);
        if (size > longestAnswer) {
          reject(new ConductorError("AGENT_ANSWER_INVALID", `The agent's answer to ${request.path} does not end.`));
          sent.destroy();
        }
      });
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString("utf8") }),
      );
      response.on("error", failed);
    });
    sent.on("error", failed);
    sent.end(body);
  });
}

function bodyHeaders(body: Buffer | undefined): Record<string, string> {
  return body === undefined ? {} : { "content-type": "application/json", "content-length": String(body.length) };
}

function noAddress({ url }: AgentEndpoint): ConductorError {
  return new ConductorError("OPTIONS_INVALID", `"${url}" is no address of an agent.`, {
    hint: "Take what the agent sent as callback_url, such as https://192.0.2.1:9999.",
  });
}
