/** One exchange with an agent. */
export interface Exchange {
  readonly asked: string;
  readonly status: number;
  readonly body: unknown;
}

/** An agent to ask, fake or real. */
export interface Asked {
  readonly token: string;
  readonly fetch: (path: string, init: { method: string; body?: string }) => Promise<{ status: number; text: string }>;
}

const id = "00000000-0000-4000-8000-000000000000";
const parameters = { node: { uuid: id, properties: {}, instance_info: {}, driver_internal_info: {} }, ports: [] };
const command = (name: string, params: object = {}) => JSON.stringify({ name, params });

/** What is asked of both agents: name, path (the token comes for TOKEN), body of a POST. */
const questions: readonly (readonly [string, string, string?])[] = [
  ["status", "/v1/status"],
  ["no commands yet", "/v1/commands/?agent_token=TOKEN"],
  ["commands without a token", "/v1/commands/"],
  ["commands with a wrong token", "/v1/commands/?agent_token=wrong"],
  ["hardware", "/v1/commands/?wait=true&agent_token=TOKEN", command("poll.get_hardware_info")],
  ["clean steps", "/v1/commands/?wait=true&agent_token=TOKEN", command("clean.get_clean_steps", parameters)],
  ["deploy steps", "/v1/commands/?wait=true&agent_token=TOKEN", command("deploy.get_deploy_steps", parameters)],
  ["logs", "/v1/commands/?wait=true&agent_token=TOKEN", command("log.collect_system_logs")],
  ["unknown extension", "/v1/commands/?wait=true&agent_token=TOKEN", command("nothing.at_all")],
  ["unknown command", "/v1/commands/?wait=true&agent_token=TOKEN", command("poll.nothing")],
  ["name without extension", "/v1/commands/?wait=true&agent_token=TOKEN", command("nothing")],
  ["no parameters", "/v1/commands/?wait=true&agent_token=TOKEN", JSON.stringify({ name: "poll.get_hardware_info" })],
  ["broken JSON", "/v1/commands/?wait=true&agent_token=TOKEN", "{"],
  ["unknown id", `/v1/commands/${id}?agent_token=TOKEN`],
  ["unknown path", "/v1/nothing"],
];

/** Asks an agent everything, in order. */
export async function interview(agent: Asked): Promise<readonly Exchange[]> {
  const exchanges: Exchange[] = [];
  for (const [asked, path, body] of questions) {
    const init = body === undefined ? { method: "GET" } : { method: "POST", body };
    const { status, text } = await agent.fetch(path.replace("TOKEN", agent.token), init);
    exchanges.push({ asked, status, body: JSON.parse(text) });
  }
  return exchanges;
}

/** The shape of a value: types in the place of values; of lists the first element's. */
export function shapeOf(value: unknown): unknown {
  if (value === null) return "null";
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
  if (typeof value !== "object") return typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shapeOf(inner)]));
}

/**
 * Where a shape is none of the other's: the path to it. What one has and the other has not is fine, as long as the other
 * is the richer one; null goes with everything, since hardware lacks this and that.
 */
export function mismatch(poorer: unknown, richer: unknown, path = ""): string | undefined {
  if (poorer === "null" || richer === "null") return undefined;
  if (Array.isArray(poorer) && Array.isArray(richer)) {
    return poorer.length === 0 || richer.length === 0 ? undefined : mismatch(poorer[0], richer[0], `${path}[]`);
  }
  if (!isRecord(poorer) || !isRecord(richer)) return poorer === richer ? undefined : path;
  for (const [name, inner] of Object.entries(poorer)) {
    if (!(name in richer)) return `${path}.${name}`;
    const found = mismatch(inner, richer[name], `${path}.${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
