import { createServer as createHttp, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createHttps } from "node:https";
import { createHash, randomUUID } from "node:crypto";
import { onTestFinished } from "vitest";
import { answers } from "./fake-answers.js";
import { selfSigned, type Certificate } from "./certificate.js";

/** How the fake agent is to behave. */
export interface FakeAgentOptions {
  readonly tls?: boolean;
  /** Sent with heartbeats in place of the one that the server shows. */
  readonly announced?: Certificate;
  readonly shown?: Certificate;
  readonly token?: string;
  /** It does not turn itself off, with this complaint. */
  readonly powerOffFails?: string;
  /** Milliseconds that `fake.slow` runs. */
  readonly slowMs?: number;
}

interface Command {
  readonly id: string;
  readonly command_name: string;
  command_status: string;
  command_error: unknown;
  command_result: unknown;
}

/** An agent that does nothing but speak the protocol, checked against recordings of the real one. */
export class FakeAgent {
  readonly certificate: Certificate | undefined;
  token: string | undefined;
  /** What was written to its disk. */
  disk: Buffer = Buffer.alloc(0);
  /** Called where the machine would turn itself off. */
  onPowerOff: () => void = () => {};
  readonly #options: FakeAgentOptions;
  readonly #commands: Command[] = [];
  readonly #server: Server;
  #port = 0;

  constructor(options: FakeAgentOptions = {}) {
    this.#options = options;
    this.token = options.token;
    const handler = (request: IncomingMessage, response: ServerResponse) => void this.#answer(request, response);
    if (options.tls === true) {
      const shown = options.shown ?? selfSigned();
      this.certificate = options.announced ?? shown;
      this.#server = createHttps({ cert: shown.certificate, key: shown.key }, handler);
    } else this.#server = createHttp(handler);
  }

  get url(): string {
    return `${this.#options.tls === true ? "https" : "http"}://127.0.0.1:${this.#port}`;
  }

  async open(): Promise<void> {
    await new Promise<void>((resolve) => void this.#server.listen(0, "127.0.0.1", resolve));
    const address = this.#server.address();
    this.#port = typeof address === "object" && address !== null ? address.port : 0;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? "/", this.url);
    const [status, body] = await this.#result(request.method ?? "GET", url, Buffer.concat(chunks).toString());
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  }

  async #result(method: string, url: URL, body: string): Promise<[number, unknown]> {
    if (url.pathname === "/v1/status") return [200, answers.status];
    if (!url.pathname.startsWith("/v1/commands/")) return refusal(404, "404 Not Found: nothing there");
    if (this.token === undefined || url.searchParams.get("agent_token") !== this.token) {
      return refusal(401, "401 Unauthorized: Token invalid.");
    }
    const wait = url.searchParams.get("wait")?.toLowerCase() === "true";
    const id = url.pathname.slice("/v1/commands/".length);
    if (method === "POST") return this.#run(body, wait);
    if (id === "") return [200, { commands: this.#commands }];
    const command = this.#commands.find((candidate) => candidate.id === id);
    if (command === undefined) return refusal(404, `Not found: Command Result with id ${id} not found.`);
    while (wait && command.command_status === "RUNNING") await new Promise((resolve) => setTimeout(resolve, 5));
    return [200, command];
  }

  async #run(body: string, wait: boolean): Promise<[number, unknown]> {
    const request = parsed(body);
    if (request === undefined) return refusal(400, "400 Bad Request: Failed to decode JSON object: Expecting value");
    const { name, params } = request;
    if (typeof name !== "string" || typeof params !== "object" || params === null) {
      return refusal(400, "400 Bad Request: Missing or invalid name or params");
    }
    const [extension = "", word] = name.split(".", 2);
    if (word === undefined) return refusal(400, "Invalid command: Command name must be of the form <extension>.<name>");
    const last = this.#commands.at(-1);
    if (last?.command_status === "RUNNING") {
      return refusal(409, `Agent is busy: executing command ${last.command_name}`);
    }
    if (!answers.extensions.includes(extension)) {
      return refusal(404, `Not found: Extension with id ${extension} not found.`);
    }
    const known = answers.results[name];
    if (known === undefined) return refusal(400, `Invalid command: Unknown command: ${word}`);
    const command: Command = {
      ...{ id: randomUUID(), command_name: word, command_status: "RUNNING", command_error: null, command_result: null },
    };
    this.#commands.push(command);
    const finish = () => Object.assign(command, known);
    if (name === "standby.prepare_image") this.disk = await fetchImage(params as FakeImageParameters);
    const fails = this.#options.powerOffFails;
    if (name === "standby.power_off" && fails !== undefined) {
      const command_error = { type: "CommandExecutionError", code: 500, message: "Command failed", details: fails };
      return [200, { ...Object.assign(command, { command_status: "FAILED", command_error }) }];
    }
    if (name === "standby.power_off") setTimeout(() => this.onPowerOff(), 20);
    if (name !== "fake.slow") finish();
    else {
      const done = new Promise<void>((resolve) => {
        setTimeout(() => {
          finish();
          resolve();
        }, this.#options.slowMs ?? 50);
      });
      if (wait) await done;
    }
    return [200, { ...command }];
  }
}

interface FakeImageParameters {
  readonly image_info: {
    readonly urls: readonly string[];
    readonly os_hash_value: string;
    readonly disk_format: string;
  };
}

/** The content of an image; of qcow2 it knows one layout, in which the data begins with the sixth cluster. */
async function fetchImage({ image_info: image }: FakeImageParameters): Promise<Buffer> {
  const response = await fetch(image.urls[0] ?? "");
  const bytes = Buffer.from(await response.arrayBuffer());
  const hash = createHash("sha256").update(bytes).digest("hex");
  if (hash !== image.os_hash_value) throw new Error("The hash is wrong.");
  return image.disk_format === "raw" ? bytes : bytes.subarray(5 * 65_536);
}

function parsed(body: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(body) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

function refusal(status: number, faultstring: string): [number, unknown] {
  return [status, { faultcode: status >= 500 ? "Server" : "Client", faultstring }];
}

/** A fake agent that listens and goes with the test. */
export async function fakeAgent(options: FakeAgentOptions = {}): Promise<FakeAgent> {
  const agent = new FakeAgent(options);
  await agent.open();
  onTestFinished(() => agent.close());
  return agent;
}
