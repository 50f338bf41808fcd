import { spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestContext } from "vitest";
import { agentFolder } from "./agent-folder.js";
import { find, makeToolbox } from "./toolbox.js";
import type { MachineUnderTest, StartedMachine, StartRequest } from "../../src/index.js";

const jail = fileURLToPath(new URL("jail.sh", import.meta.url));

/** The addresses of the host's cards that the agent takes for real; it leaves out those that begin with fa. */
export function hostMacs(): readonly string[] {
  return readdirSync("/sys/class/net")
    .filter((name) => existsSync(`/sys/class/net/${name}/device`))
    .map((name) => readFileSync(`/sys/class/net/${name}/address`, "utf8").trim())
    .filter((mac) => !mac.startsWith("fa") && mac !== "00:00:00:00:00:00");
}

const isolation = ["--mount", "--pid", "--fork", "--kill-child", "--mount-proc"];

/** Why there are no namespaces to be had: in a chroot and in most containers root is not enough. */
function noNamespaces(): string | undefined {
  const trial = "mount -t tmpfs tmpfs /run && setpriv --pdeathsig KILL --inh-caps=-all --bounding-set=-all true";
  const { status, stderr, error } = spawnSync("unshare", [...isolation, "sh", "-c", trial], { encoding: "utf8" });
  if (status === 0) return undefined;
  return `no namespaces for the agent: ${error?.message ?? stderr.trim().split("\n")[0]}`;
}

/** Why the real agent cannot run here, or undefined. */
async function obstacle(): Promise<string | undefined> {
  if (process.platform !== "linux") return "the agent runs on Linux only";
  if (process.getuid?.() !== 0) return "namespaces for the agent need root";
  if (hostMacs().length === 0) return "this host has no network card that the agent takes for real";
  const folder = await mkdtemp(join(tmpdir(), "conductor-test-"));
  const lacking = await makeToolbox(folder);
  await rm(folder, { recursive: true });
  return lacking ?? noNamespaces();
}

/** The real agent on this host, in namespaces of its own; skips the test, with the reason, where it cannot be had. */
export async function realAgent(context: TestContext, node: string): Promise<MachineUnderTest> {
  const reason = await obstacle();
  context.skip(reason !== undefined, reason);
  const found = await agentFolder();
  if ("unavailable" in found) return context.skip(found.unavailable);
  return {
    description: "ironic-python-agent 13.0.0 on the host",
    ...{ node, disposable: false, start: (request) => startAgent(found.venv, request) },
  };
}

async function startAgent(venv: string, request: StartRequest): Promise<StartedMachine> {
  const folder = await mkdtemp(join(tmpdir(), "conductor-test-"));
  await makeToolbox(join(folder, "toolbox"));
  const port = await freePort();
  const configuration = join(folder, "agent.conf");
  await writeFile(configuration, configure(request, port));
  const command = ["sh", jail, join(folder, "toolbox"), configuration, venv];
  const child = spawn((await find("unshare")) ?? "", [...isolation, ...command], { stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text: Buffer) => void (log += text.toString()));
  const exited = new Promise<void>((resolve) => {
    child.on("error", () => resolve());
    child.on("close", () => resolve());
  });
  const stop = async () => {
    child.kill("SIGKILL");
    await exited;
    await rm(folder, { recursive: true, force: true });
  };
  return { exited, log: () => log, stop };
}

/** Where the agent would wait for large disks or a clock, it does not; all else is as the agent has it. */
function configure(request: StartRequest, port: number): string {
  const settings = {
    ...{ api_url: request.apiUrl, listen_host: "127.0.0.1", listen_port: port },
    ...{ advertise_host: "127.0.0.1", advertise_port: port, disk_wait_attempts: 1, disk_wait_delay: 1 },
    ...(request.inspectionUrl === undefined ? {} : { inspection_callback_url: request.inspectionUrl }),
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  return ["[DEFAULT]", ...lines, ""].join("\n");
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}
