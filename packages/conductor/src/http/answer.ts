import { faultBody, isFault, type Fault } from "../nodes/fault.js";

/** An answer before it is written. */
export interface Answer {
  readonly status: number;
  /** Written as JSON; bytes are written as they are; nothing is written without it. */
  readonly body?: object | Uint8Array;
}

/** An answer as it goes over the wire. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** An answer or a refusal as bytes and headers. */
export function wireAnswer(answer: Answer | Fault, headers: Readonly<Record<string, string>>): WireAnswer {
  const content = isFault(answer) ? faultBody(answer) : answer.body;
  const body = bytesOf(content);
  const type = content instanceof Uint8Array ? "application/octet-stream" : "application/json";
  return {
    status: answer.status,
    headers: {
      ...headers,
      ...(content === undefined ? {} : { "content-type": type }),
      "content-length": String(body.length),
    },
    body,
  };
}

function bytesOf(content: object | Uint8Array | undefined): Uint8Array {
  if (content === undefined) return new Uint8Array();
  return content instanceof Uint8Array ? content : Buffer.from(JSON.stringify(content));
}
