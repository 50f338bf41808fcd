import { describe, expect, it, onTestFinished } from "vitest";
import { runScenarios, startConductor, textReport, type RunningConductor } from "../src/index.js";
import { mismatch } from "./support/contract.js";
import { keep, record, recorded } from "./support/recording.js";
import { hostMacs, realAgent } from "./support/real-agent.js";

const patience = { timeoutMs: 240_000 };
const uuid = "6a3e8f7e-0c5a-4c8e-9f1c-2b6f1f9d7a01";

async function conductorOf(macs: readonly string[]): Promise<RunningConductor> {
  const conductor = await startConductor({ nodes: [{ uuid, macs }], heartbeatTimeout: 6 });
  onTestFinished(async () => void (await conductor.stop()));
  return conductor;
}

describe("the real agent", { timeout: 1_800_000 }, () => {
  it("looks up, sends heartbeats and takes commands over verified TLS", async (context) => {
    const machine = await realAgent(context, uuid);
    const conductor = await conductorOf(hostMacs());
    const agent = await machine.start({ apiUrl: conductor.url });
    onTestFinished(() => agent.stop());
    const lookup = await conductor.waitForLookup(uuid, patience);
    expect(lookup.token).toBe("new");
    const heartbeat = await conductor.waitForHeartbeat(uuid, patience);
    expect(heartbeat).toMatchObject({ certificate: true, number: 1 });
    const client = conductor.agent(uuid);
    expect(client.url).toMatch(/^https:/);
    expect((await client.status(patience)).version).toBe("13.0.0");
    const hardware = await client.execute("poll.get_hardware_info", {}, patience);
    expect(hardware.interfaces.map((card) => card.mac_address)).toEqual(hostMacs());
  });

  it("executes a command in the background, and tells why it failed", async (context) => {
    const machine = await realAgent(context, uuid);
    const conductor = await conductorOf(hostMacs());
    const agent = await machine.start({ apiUrl: conductor.url });
    onTestFinished(() => agent.stop());
    await conductor.waitForHeartbeat(uuid, patience);
    const client = conductor.agent(uuid);
    // A step without a name is refused before anything is done, but by the command's own thread.
    const node = { uuid, properties: {}, instance_info: {}, driver_internal_info: {} };
    const execute = client.executeAny("clean.execute_clean_step", { step: {}, node, ports: [] }, patience);
    await expect(execute).rejects.toMatchObject({
      code: "COMMAND_FAILED",
      message: expect.stringContaining('no "step" key'),
    });
    await expect(client.start("clean.nothing", {}, patience)).rejects.toMatchObject({ code: "AGENT_REFUSED" });
    await expect(client.start("nothing.at_all", {}, patience)).rejects.toMatchObject({
      code: "AGENT_REFUSED",
      details: { status: 404 },
    });
    const names = (await client.commands(patience)).map((command) => command.command_name);
    expect(names).toEqual(["execute_clean_step"]);
    const other = client.withToken("0123456789abcdef0123456789abcdef");
    await expect(other.commands(patience)).rejects.toMatchObject({ code: "AGENT_UNAUTHORIZED" });
  });

  it("passes every scenario that does no harm to a host", async (context) => {
    const machine = await realAgent(context, uuid);
    const conductor = await conductorOf(hostMacs());
    const report = await runScenarios({ conductor, machine, stepTimeoutMs: 240_000, outageMs: 2000 });
    const outcomes = Object.fromEntries(report.scenarios.map(({ name, outcome }) => [name, outcome]));
    // A failure shows the whole report.
    const explanation = report.passed ? "" : textReport(report);
    expect({ ...outcomes, explanation }).toEqual({
      explanation: "",
      ...{ inspect: "passed", boot: "passed", "clean-steps": "passed", logs: "passed", "wrong-token": "passed" },
      ...{ "lost-conductor": "passed", deploy: "skipped", "slow-network": "passed", "power-off": "skipped" },
    });
  });

  it("sends and answers as recorded", async (context) => {
    const live = await record(await realAgent(context, uuid), hostMacs());
    if (process.env["RECORD_AGENT"] === "1") keep(live);
    const { sent, answered } = recorded();
    expect(live.sent.map(({ method, path, apiVersion }) => ({ method, path, apiVersion }))).toEqual(
      sent.map(({ method, path, apiVersion }) => ({ method, path, apiVersion })),
    );
    expect(live.answered.map(({ asked, status }) => ({ asked, status }))).toEqual(
      answered.map(({ asked, status }) => ({ asked, status })),
    );
    for (const [index, exchange] of live.answered.entries()) {
      expect({ asked: exchange.asked, differs: mismatch(exchange.body, answered[index]!.body) }).toEqual({
        asked: exchange.asked,
        differs: undefined,
      });
    }
  });
});
