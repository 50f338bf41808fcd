import { describe, expect, it } from "vitest";
import { AgentClient, ConductorError } from "../../src/index.js";
import { fakeAgent } from "../support/fake-agent.js";
import { selfSigned } from "../support/certificate.js";

const token = "fake-token-".repeat(4);
const uuid = "6a3e8f7e-0c5a-4c8e-9f1c-2b6f1f9d7a06";
const patience = { timeoutMs: 60_000, pollMs: 5 };

async function client(options: Parameters<typeof fakeAgent>[0] = {}): Promise<AgentClient> {
  const agent = await fakeAgent({ token, ...options });
  return new AgentClient({ uuid, url: agent.url, token, certificate: agent.certificate?.certificate });
}

describe("AgentClient", () => {
  it("runs a command to its end, in the foreground and in the background", async () => {
    const agent = await client();
    const hardware = await agent.execute("poll.get_hardware_info", {}, patience);
    expect(hardware.interfaces[0]).toMatchObject({ name: "eth0", ipv4_address: "10.0.2.15" });
    const slow = await agent.executeAny("fake.slow", {}, patience);
    expect(slow).toMatchObject({ command_name: "slow", command_status: "SUCCEEDED" });
    const waited = await agent.start("fake.slow", {}, { ...patience, wait: true });
    expect(waited.command_status).toBe("SUCCEEDED");
    const names = (await agent.commands(patience)).map((command) => command.command_name);
    expect(names).toEqual(["get_hardware_info", "slow", "slow"]);
  });

  it("says what failed", async () => {
    const agent = await client();
    await expect(agent.executeAny("fake.fails", {}, patience)).rejects.toMatchObject({
      code: "COMMAND_FAILED",
      message: "The agent's fake.fails ended as FAILED: no such disk",
    });
  });

  it("is told that the agent is busy, and waits for the command that runs", async () => {
    const agent = await client({ slowMs: 300 });
    const running = await agent.start("fake.slow", {}, patience);
    expect(running.command_status).toBe("RUNNING");
    await expect(agent.start("poll.get_hardware_info", {}, patience)).rejects.toMatchObject({ code: "AGENT_BUSY" });
    const done = await agent.command(running.id, { ...patience, wait: true });
    expect(done.command_status).toBe("SUCCEEDED");
  });

  it("does not wait for ever", async () => {
    const agent = await client({ slowMs: 60_000 });
    const run = agent.executeAny("fake.slow", {}, { timeoutMs: 100, pollMs: 10 });
    await expect(run).rejects.toMatchObject({ code: "WAIT_TIMEOUT" });
    const controller = new AbortController();
    const again = (await client({ slowMs: 60_000 })).executeAny(
      "fake.slow",
      {},
      { ...patience, signal: controller.signal },
    );
    controller.abort();
    await expect(again).rejects.toMatchObject({ code: "ABORTED" });
  });

  it.each([
    ["poll.nothing", 400],
    ["nothing.at_all", 404],
    ["nothing", 400],
  ])("tells how the agent refuses %s", async (name, status) => {
    const agent = await client();
    await expect(agent.start(name, {}, patience)).rejects.toMatchObject({ code: "AGENT_REFUSED", details: { status } });
  });

  it("shows no token in any error", async () => {
    const agent = (await client()).withToken("secret-secret-secret");
    const error: unknown = await agent.commands(patience).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "AGENT_UNAUTHORIZED" });
    expect(ConductorError.is(error) && JSON.stringify([error.message, error.details, error.hint])).not.toContain(
      "secret",
    );
  });

  it("refuses an address that is none", async () => {
    const agent = new AgentClient({ uuid, url: "nowhere", token, certificate: undefined });
    await expect(agent.status(patience)).rejects.toMatchObject({ code: "OPTIONS_INVALID" });
  });

  it("cannot reach an agent that is not there", async () => {
    const agent = await fakeAgent();
    const { url } = agent;
    await agent.close();
    const gone = new AgentClient({ uuid, url, token, certificate: undefined });
    await expect(gone.status(patience)).rejects.toMatchObject({ code: "AGENT_UNREACHABLE" });
  });
});

describe("an https agent", () => {
  it("is trusted for the certificate that it announced", async () => {
    const agent = await client({ tls: true });
    expect((await agent.status(patience)).version).toBe("13.0.0");
  });

  it.each([
    ["shows another certificate", { announced: selfSigned() }],
    ["has a certificate for another address", { shown: selfSigned("192.0.2.1") }],
    ["has a certificate that is over", { shown: selfSigned("127.0.0.1", Date.now() - 60_000) }],
  ])("is not trusted where it %s", async (_what, options) => {
    const agent = await client({ tls: true, ...options });
    await expect(agent.status(patience)).rejects.toMatchObject({ code: "AGENT_UNTRUSTED" });
  });

  it("is not trusted without a certificate, or with one that is none", async () => {
    const { url } = await fakeAgent({ tls: true, token });
    for (const certificate of [undefined, "no certificate"]) {
      const agent = new AgentClient({ uuid, url, token, certificate });
      await expect(agent.status(patience)).rejects.toMatchObject({ code: "AGENT_UNTRUSTED" });
    }
  });
});
