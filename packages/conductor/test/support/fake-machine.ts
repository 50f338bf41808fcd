import { FakeAgent, type FakeAgentOptions } from "./fake-agent.js";
import { answers } from "./fake-answers.js";
import type { MachineUnderTest, StartedMachine, StartRequest } from "../../src/index.js";

/** How the fake machine is to behave. */
export interface FakeMachineOptions extends FakeAgentOptions {
  readonly disposable?: boolean;
  /** It ends after its first heartbeat. */
  readonly dies?: boolean;
  /** It never looks its node up. */
  readonly silent?: boolean;
  readonly mac?: string;
  /** Its disk can be read: as it is, or with one bit turned over. */
  readonly disk?: "whole" | "broken";
}

const headers = (version: string) => ({
  ...{ "content-type": "application/json", accept: "application/json" },
  "x-openstack-ironic-api-version": version,
});

/** A machine whose agent does nothing but speak the protocol, as quickly as it can. */
export function fakeMachine(node: string, options: FakeMachineOptions = {}): MachineUnderTest {
  let agent: FakeAgent | undefined;
  const machine = {
    ...{ description: "a fake machine", node, disposable: options.disposable ?? false },
    start: (request: StartRequest) => startFake(request, options, (made) => (agent = made)),
  };
  if (options.disk === undefined) return machine;
  const readDisk = async (bytes: number) => {
    const found = Buffer.from(agent?.disk.subarray(0, bytes) ?? []);
    if (options.disk === "broken") found[5000]! ^= 1;
    return found;
  };
  return { ...machine, readDisk };
}

async function startFake(
  request: StartRequest,
  options: FakeMachineOptions,
  made: (agent: FakeAgent) => void,
): Promise<StartedMachine> {
  const agent = new FakeAgent({ tls: true, ...options });
  made(agent);
  await agent.open();
  let off = () => {};
  const exited = new Promise<void>((resolve) => (off = resolve));
  let running = true;
  const stop = async () => {
    if (!running) return;
    running = false;
    await agent.close();
    off();
  };
  agent.onPowerOff = () => void stop();
  const life = options.silent === true ? Promise.resolve() : live(request, agent, options, () => running);
  // A life that ends in an error is a machine that ends.
  void life.then(() => (options.dies === true ? stop() : undefined), stop);
  return { exited, log: () => `fake agent\ntoken ${agent.token ?? "none"}\nits last line\n`, stop };
}

async function live(
  request: StartRequest,
  agent: FakeAgent,
  options: FakeMachineOptions,
  running: () => boolean,
): Promise<void> {
  const mac = options.mac ?? "52:54:00:12:34:56";
  const inspected = request.inspectionUrl === undefined ? undefined : await inspect(request.inspectionUrl, mac);
  const discovered = (await (await send(`${request.apiUrl}/`, {})).json()) as { default_version: { version: string } };
  if (discovered.default_version.version === "") throw new Error("no version");
  const known = inspected === undefined ? "" : `&node_uuid=${inspected}`;
  const address = `${request.apiUrl}/v1/lookup?addresses=${encodeURIComponent(mac)}${known}`;
  const lookup = await send(address, { headers: headers("1.62") });
  const { node, config } = (await lookup.json()) as { node: { uuid: string }; config: { agent_token: string } };
  agent.token = config.agent_token;
  while (running()) {
    const body = JSON.stringify({
      ...{ callback_url: agent.url, agent_token: agent.token, agent_version: "13.0.0" },
      agent_verify_ca: agent.certificate?.certificate,
    });
    const heartbeat = `${request.apiUrl}/v1/heartbeat/${node.uuid}`;
    // A lost conductor is asked again, as the agent does.
    await send(heartbeat, { method: "POST", headers: headers("1.68"), body }).catch(() => undefined);
    if (options.dies === true) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function inspect(url: string, mac: string): Promise<string> {
  const { command_result } = answers.results["poll.get_hardware_info"]!;
  const inventory = { ...(command_result as object), interfaces: [{ name: "eth0", mac_address: mac }] };
  const body = JSON.stringify({ inventory, error: null, configuration: { collectors: ["default"], managers: [] } });
  const plain = { "content-type": "application/json", accept: "application/json" };
  const answer = await send(url, { method: "POST", headers: plain, body });
  return ((await answer.json()) as { uuid: string }).uuid;
}

function send(url: string, init: RequestInit): Promise<Response> {
  return fetch(url, { ...init, keepalive: false });
}
