import { describe, expect, it } from "vitest";
import { conductorWith, uuid } from "../support/conductor.js";
import { fakeMachine } from "../support/fake-machine.js";
import {
  junitReport,
  runScenarios,
  scenarios,
  scenariosNamed,
  textReport,
  type MachineUnderTest,
  type ScenarioEvent,
} from "../../src/index.js";

const quick = { stepTimeoutMs: 60_000, outageMs: 30 };

/** The machine, of which nothing more is to be expected for this reason as soon as it was started. */
function failing(machine: MachineUnderTest, reason: Error): MachineUnderTest {
  return {
    ...machine,
    start: async (request) => ({ ...(await machine.start(request)), failed: Promise.resolve(reason) }),
  };
}

describe("runScenarios", () => {
  it("passes with an agent that keeps to the protocol, power-off included", async () => {
    const { conductor } = await conductorWith({ heartbeatTimeout: 0.1 });
    const events: ScenarioEvent[] = [];
    const machine = fakeMachine(uuid, { disposable: true });
    const report = await runScenarios({ conductor, machine, ...quick, onEvent: (event) => void events.push(event) });
    expect(report.scenarios.map(({ name, outcome, failure }) => [name, outcome, failure])).toEqual([
      ...["inspect", "boot", "clean-steps", "logs", "wrong-token", "lost-conductor"].map((name) => [
        name,
        "passed",
        undefined,
      ]),
      ["deploy", "skipped", undefined],
      ...["slow-network", "power-off"].map((name) => [name, "passed", undefined]),
    ]);
    expect(report).toMatchObject({ passed: true, machine: "a fake machine" });
    const steps = report.scenarios.find(({ name }) => name === "boot")!.steps;
    expect(steps.map(({ asked }) => asked)).toEqual([
      ...["the machine", "a lookup", "a heartbeat", "the agent's status", "the hardware"],
    ]);
    expect(steps.at(-1)).toMatchObject({ came: "2 CPUs, 1024 MiB, 1 cards, 1 disks", outcome: "passed" });
    expect(events.filter(({ type }) => type === "scenario-done")).toHaveLength(scenarios.length);
  });

  it("starts a machine once for scenarios that take one that runs", async () => {
    const { conductor } = await conductorWith({ heartbeatTimeout: 0.1 });
    const machine = fakeMachine(uuid);
    let starts = 0;
    const counting: MachineUnderTest = {
      ...machine,
      start(request) {
        starts += 1;
        return machine.start(request);
      },
    };
    const chosen = scenariosNamed(["boot", "clean-steps", "logs", "inspect", "boot"]);
    const report = await runScenarios({ conductor, machine: counting, scenarios: chosen, ...quick });
    expect({ passed: report.passed, starts }).toEqual({ passed: true, starts: 2 });
  });

  it("touches neither disks nor power of a machine that is not disposable", async () => {
    const { conductor } = await conductorWith({ heartbeatTimeout: 0.1 });
    const chosen = scenariosNamed(["deploy", "power-off"]);
    const report = await runScenarios({ conductor, machine: fakeMachine(uuid), scenarios: chosen, ...quick });
    expect(report.scenarios.map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ["skipped", "the machine is not disposable: its disks must not be written"],
      ["skipped", "the machine is not disposable: its power must stay on"],
    ]);
  });

  it("compares the disk with what was deployed", async () => {
    const { conductor } = await conductorWith({ heartbeatTimeout: 0.1 });
    const chosen = scenariosNamed(["deploy"]);
    const outcomes: unknown[] = [];
    let logs = "";
    for (const disk of ["whole", "broken"] as const) {
      const machine = fakeMachine(uuid, { disposable: true, disk });
      const report = await runScenarios({ conductor, machine, scenarios: chosen, ...quick });
      logs += report.scenarios[0]!.failure?.log ?? "";
      outcomes.push([report.scenarios[0]!.outcome, report.scenarios[0]!.failure?.message]);
    }
    expect(logs).toContain("token ******");
    expect(outcomes).toEqual([
      ["passed", undefined],
      ["failed", "The disk differs from the image from byte 5000 on."],
    ]);
  });

  it("explains what failed, and goes on with a fresh machine", async () => {
    const { conductor } = await conductorWith({ heartbeatTimeout: 0.1 });
    const machine = fakeMachine(uuid, { silent: true });
    const chosen = scenariosNamed(["boot", "logs"]);
    const report = await runScenarios({ conductor, machine, scenarios: chosen, stepTimeoutMs: 100 });
    expect(report.passed).toBe(false);
    expect(report.scenarios.map(({ outcome, failure }) => [outcome, failure?.code])).toEqual([
      ["failed", "WAIT_TIMEOUT"],
      ["failed", "WAIT_TIMEOUT"],
    ]);
    expect(report.scenarios[0]!.failure?.log).toBe("fake agent\ntoken none\nits last line");
  });

  it("does not wait for a machine that ended", async () => {
    const { conductor } = await conductorWith({ heartbeatTimeout: 0.1 });
    const machine = fakeMachine(uuid, { dies: true });
    const report = await runScenarios({ conductor, machine, scenarios: scenariosNamed(["lost-conductor"]), ...quick });
    expect(report.scenarios[0]!.outcome).toBe("failed");
    expect(["MACHINE_EXITED", "AGENT_UNREACHABLE"]).toContain(report.scenarios[0]!.failure?.code);
  });

  it("shows no token in reports and events, whatever the machine prints", async () => {
    const { conductor, events } = await conductorWith({ heartbeatTimeout: 0.1 });
    const tokens = new Set<string>();
    const told: unknown[] = [];
    const machine = fakeMachine(uuid, { disposable: true, disk: "broken", powerOffFails: "no" });
    const watched: MachineUnderTest = {
      ...machine,
      async start(request) {
        const started = await machine.start(request);
        const note = () => {
          const text = started.log();
          tokens.add(/token (\S+)/.exec(text)?.[1] ?? "none");
          return text;
        };
        return { ...started, log: note };
      },
    };
    const onEvent = (event: ScenarioEvent) => void told.push(event);
    const report = await runScenarios({ conductor, machine: watched, ...quick, onEvent });
    tokens.delete("none");
    expect([tokens.size > 0, report.passed]).toEqual([true, false]);
    const shown = JSON.stringify([report, told, events, conductor.nodes()]) + textReport(report) + junitReport(report);
    for (const token of tokens) expect(shown).not.toContain(token);
    expect(shown).toContain("token ******");
  });

  it("fails at once with the reason where nothing more is to be expected of the machine", async () => {
    const { conductor } = await conductorWith({ heartbeatTimeout: 0.1 });
    const panic = Object.assign(new Error("The guest's kernel panicked: no init"), {
      code: "KERNEL_PANIC",
      hint: "See.",
    });
    const report = await runScenarios({
      conductor,
      machine: failing(fakeMachine(uuid, { silent: true }), panic),
      scenarios: scenariosNamed(["boot", "inspect"]),
      stepTimeoutMs: 60_000,
    });
    expect(report.durationMs).toBeLessThan(30_000);
    expect(report.scenarios[0]).toMatchObject({
      steps: [
        { asked: "the machine", outcome: "passed" },
        { asked: "a lookup", outcome: "failed", came: "The guest's kernel panicked: no init" },
      ],
      failure: { code: "KERNEL_PANIC", hint: "See.", log: "fake agent\ntoken none\nits last line" },
    });
  });

  it("takes the agent's end for no failure where the machine is turned off", async () => {
    const { conductor } = await conductorWith({ heartbeatTimeout: 0.1 });
    const machine = fakeMachine(uuid, { disposable: true });
    for (const [code, outcome] of [
      ["AGENT_ENDED", "passed"],
      ["KERNEL_PANIC", "failed"],
    ] as const) {
      const reason = Object.assign(new Error("The end."), { code });
      const scenarios = scenariosNamed(["power-off"]);
      const report = await runScenarios({ conductor, machine: failing(machine, reason), scenarios, ...quick });
      expect([report.scenarios[0]?.outcome, report.scenarios[0]?.failure?.code]).toEqual([
        outcome,
        outcome === "failed" ? code : undefined,
      ]);
    }
  });

  it("tells at once that the agent could not turn its machine off", async () => {
    const { conductor } = await conductorWith({ heartbeatTimeout: 0.1 });
    const machine = fakeMachine(uuid, { disposable: true, powerOffFails: "No such file or directory: hwclock" });
    const scenarios = scenariosNamed(["power-off"]);
    const report = await runScenarios({ conductor, machine, scenarios, ...quick });
    expect(report.scenarios[0]?.failure).toMatchObject({
      code: "COMMAND_FAILED",
      message: expect.stringContaining("No such file or directory: hwclock"),
    });
  });

  it("reports a machine that does not start", async () => {
    const { conductor } = await conductorWith({ heartbeatTimeout: 0.1 });
    const start = () =>
      Promise.reject(Object.assign(new Error("No QEMU."), { code: "QEMU_NOT_FOUND", hint: "Install it." }));
    const machine = { ...fakeMachine(uuid), start };
    const report = await runScenarios({ conductor, machine, scenarios: scenariosNamed(["boot"]), ...quick });
    expect(report.scenarios[0]).toMatchObject({
      steps: [{ asked: "the machine", outcome: "failed", came: "No QEMU." }],
      failure: { code: "QEMU_NOT_FOUND", message: "No QEMU.", hint: "Install it." },
    });
  });

  it("ends the machine when the caller gives up", async () => {
    const { conductor } = await conductorWith({ heartbeatTimeout: 0.1 });
    const controller = new AbortController();
    const machine = fakeMachine(uuid, { silent: true });
    let exited: Promise<void> = Promise.reject(new Error("not started"));
    exited.catch(() => {});
    const watched: MachineUnderTest = {
      ...machine,
      async start(request) {
        const started = await machine.start(request);
        exited = started.exited;
        setTimeout(() => controller.abort(), 20);
        return started;
      },
    };
    const run = runScenarios({ conductor, machine: watched, signal: controller.signal, ...quick });
    await expect(run).rejects.toMatchObject({ code: "ABORTED" });
    await expect(exited).resolves.toBeUndefined();
  });
});

describe("scenariosNamed", () => {
  it("names the scenarios that there are", () => {
    expect(() => scenariosNamed(["bot"])).toThrow(expect.objectContaining({ code: "SCENARIO_UNKNOWN" }));
  });
});
