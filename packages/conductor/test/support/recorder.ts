import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { onTestFinished } from "vitest";
import { rawRequest } from "./raw-request.js";
import { shapeOf } from "./contract.js";

/** A request that an agent sent, without values: nothing of a host and no token is in it. */
export interface SentRequest {
  readonly method: string;
  /** Path with the UUID as UUID, and the names in the query. */
  readonly path: string;
  readonly apiVersion: string | undefined;
  readonly body: unknown;
}

/** What stands between agent and conductor. */
export interface Recorder {
  readonly url: string;
  sent(): readonly SentRequest[];
  /** The token that a lookup was answered with. */
  token(): string;
}

/** Stands between agent and conductor and notes what the agent sends; each kind of request once. */
export async function recorder(conductorUrl: string): Promise<Recorder> {
  const sent = new Map<string, SentRequest>();
  let token = "";
  const server = createServer((request, response) => {
    pass(request, response, conductorUrl, sent).then(
      (answer) => (token = /"agent_token":"([^"]+)"/.exec(answer)?.[1] ?? token),
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, sent: () => [...sent.values()], token: () => token };
}

async function pass(
  request: IncomingMessage,
  response: ServerResponse,
  conductorUrl: string,
  sent: Map<string, SentRequest>,
): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString();
  const { method = "GET", url = "/" } = request;
  const { pathname, searchParams } = new URL(url, conductorUrl);
  const path = pathname.replace(/[0-9a-f-]{36}/, "UUID") + [...searchParams.keys()].map((name) => `?${name}`).join("");
  const version = request.headers["x-openstack-ironic-api-version"];
  const apiVersion = typeof version === "string" ? version : undefined;
  sent.set(`${method} ${path}`, { method, path, apiVersion, body: body === "" ? null : shapeOf(JSON.parse(body)) });
  const headers: Record<string, string> = { "content-type": "application/json" };
  if (apiVersion !== undefined) headers["x-openstack-ironic-api-version"] = apiVersion;
  const answer = await rawRequest(conductorUrl + url, { method, headers, ...(body === "" ? {} : { body }) });
  response.writeHead(answer.status, { "content-type": "application/json" }).end(answer.text);
  return answer.text;
}
