import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Report } from "@ipa-br/conductor";
import { exitCodes } from "../../../src/exit-codes.js";
import { main } from "../../../src/main.js";
import { agentImage } from "../../support/agent-image.js";
import { temporaryFolder } from "../../support/folder.js";
import { testIo, type TestIo } from "../../support/io.js";
import { machineOptions, needQemu } from "../../support/qemu.js";
import { network, tinyGuest } from "../../support/tiny-guest.js";

const everything = process.env["IPA_BR_TEST_VM"] === "1";
const sample = ["boot", "deploy", "power-off"];
const all = [
  "inspect",
  "boot",
  "clean-steps",
  "logs",
  "wrong-token",
  "lost-conductor",
  "deploy",
  "slow-network",
  "power-off",
];

const io = (options: { signal?: AbortSignal } = {}): TestIo => {
  const cache = temporaryFolder();
  const env = { PATH: process.env["PATH"], HOME: cache, XDG_CACHE_HOME: cache, TMPDIR: cache };
  return testIo({ cwd: cache, env, ...options });
};

const until = async (condition: () => boolean) => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 100));
};

describe("ipa-br in a virtual machine", { timeout: 1_800_000 }, () => {
  it("verify: the real agent passes, and no token is shown", async (context) => {
    await needQemu(context);
    const images = await agentImage(context);
    const test = io();
    const junit = join(test.cwd, "report.xml");
    const names = everything ? all : sample;
    // the agent tells its token where it is asked to tell everything
    const telling = ["--verbose", "--append", "ipa-debug=1", "--timeout", "1200"];
    const args = [
      "verify",
      images,
      ...machineOptions,
      ...telling,
      "--scenario",
      names.join(","),
      "--json",
      "--junit",
      junit,
    ];
    const code = await main(args, test, "1");
    const { scenarios, passed } = JSON.parse(test.out()) as Report;
    // a failure shows what the machine printed last
    const explanation = passed ? "" : `${test.out()}\n${test.err().slice(-8000)}`;
    expect({ code, outcomes: scenarios.map(({ name, outcome }) => [name, outcome]), explanation }).toEqual({
      code: exitCodes.ok,
      outcomes: names.map((name) => [name, "passed"]),
      explanation: "",
    });
    const steps = scenarios.flatMap((scenario) => scenario.steps.map(({ came }) => came));
    expect(steps).toContain("version 13.0.0, over verified TLS");
    expect(steps.filter((came) => came === "4194304 bytes, all as they should be")).toHaveLength(2);
    const xml = readFileSync(junit, "utf8");
    expect(xml).toContain(`tests="${names.length}" failures="0"`);
    const shown = test.out() + test.err() + xml;
    expect(test.err()).toContain("agent_token");
    expect(shown).toContain("******");
    // 32 bytes in base64url, the way that the conductor makes them
    expect(shown.match(/(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[a-z])(?=[\w-]*[A-Z])[\w-]{43}(?![\w-])/g)).toBeNull();
  });

  it("verify: fails at once where the agent ends, the kernel panics or the machine is gone", async (context) => {
    await needQemu(context);
    const parts = await agentImage(context);
    const cases = [
      [
        "echo 'ironic-python-agent ended with 3'; sleep 10000",
        "AGENT_ENDED",
        "The agent in the machine ended: ironic-python-agent ended with 3",
      ],
      ["exit 7", "KERNEL_PANIC", "The guest's kernel panicked: Attempted to kill init!"],
      ["echo goodbye; poweroff -f", "MACHINE_EXITED", "The machine ended while waiting for a lookup."],
    ] as const;
    for (const [script, failure, message] of cases) {
      const test = io();
      const args = ["verify", tinyGuest(parts, script), ...machineOptions, "--scenario", "boot", "--json"];
      const code = await main(args, test, "1");
      const { scenarios } = JSON.parse(test.out()) as Report;
      expect([code, scenarios[0]?.failure?.code]).toEqual([exitCodes.failed, failure]);
      expect(scenarios[0]?.failure?.message).toContain(message);
      expect(scenarios[0]?.failure?.log).toMatch(/ironic-python-agent ended|Kernel Offset|goodbye/);
      expect(test.err()).toContain(`error: boot failed at "a lookup": ${message}`);
    }
  });

  it("exec: output and exit code are the command's", async (context) => {
    await needQemu(context);
    const images = tinyGuest(await agentImage(context), "exec init");
    const script = "uname -s; echo 'a  b'; exit 3";
    const test = io();
    expect(await main(["exec", "--images", images, ...machineOptions, script], test, "1")).toBe(3);
    expect(test.out()).toBe("Linux\na  b\n");
    const console = io();
    expect(await main(["exec", "--images", images, ...machineOptions, "cat /proc/cmdline"], console, "1")).toBe(0);
    expect(console.out()).toMatch(/ loglevel=1 systemd\.show_status=false systemd\.journald\.forward_to_console=0$/m);
    expect(console.out()).not.toContain("forward_to_console=1");
    const words = io();
    expect(await main(["exec", "--images", images, ...machineOptions, "printf", "%s-", "a  b", "c"], words, "1")).toBe(
      0,
    );
    expect(words.out()).toBe("a  b-c-");
  });

  it("run --conductor: the machine finds it, and its token is not shown", async (context) => {
    await needQemu(context);
    const lookup = `${network}
api=$(sed 's/.*ipa-api-url=\\([^ ]*\\).*/\\1/' /proc/cmdline)
wget -q -O - --header 'x-openstack-ironic-api-version: 1.68' "$api/v1/lookup?addresses=52:54:00:12:34:56" | sed 's/.*agent_token.*/answered/'
sleep 10000
`;
    const images = tinyGuest(await agentImage(context), lookup);
    const controller = new AbortController();
    const test = io({ signal: controller.signal });
    const args = ["run", "--images", images, "--nic", "virtio-net-pci", "--accel", "tcg", "--conductor"];
    const running = main(args, test, "1");
    await until(() => test.out().includes("answered"));
    controller.abort();
    expect(await running).toBe(exitCodes.interrupted);
    expect(test.err()).toMatch(
      /^Conductor at http:\/\/127\.0\.0\.1:\d+, in the machine http:\/\/10\.0\.2\.2:\d+\nNode [0-9a-f-]{36}, card 52:54:00:12:34:56; the agent will be at port \d+ of 127\.0\.0\.1, its token is not shown\n/,
    );
    expect(test.err()).toContain("conductor: a lookup with 52:54:00:12:34:56\n");
  });
});
