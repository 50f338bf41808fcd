import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { createAgent } from "../../src/agent/client.js";
import { answerReader, type AgentAnswer } from "../../src/agent/reader.js";
import type { MachineExit } from "../../src/index.js";
import { temporaryFolder } from "../support/guest.js";

interface Asked {
  readonly execute: string;
  readonly arguments?: Record<string, unknown>;
}

const soon = { timeoutMs: 20_000 };

/** A guest agent played by the test, with what qemu-ga says when it gets a sentinel in the middle of nothing. */
async function played(answer: (asked: Asked, line: Socket) => unknown) {
  const socket = join(await temporaryFolder(), "agent.sock");
  const server = createServer((line) => {
    let rest = "";
    line.setEncoding("latin1").on("data", (chunk: string) => {
      if (chunk.includes("\u00ff"))
        line.write('{"error": {"class": "GenericError", "desc": "JSON parse error, stray"}}\n');
      const lines = (rest + chunk.replaceAll("\u00ff", "")).split("\n");
      rest = lines.pop() ?? "";
      for (const text of lines) {
        const asked = JSON.parse(text) as Asked;
        const sync = asked.execute === "guest-sync-delimited";
        const reply = sync ? { return: asked.arguments?.["id"] } : answer(asked, line);
        if (sync) line.write("\u00ff", "latin1");
        if (reply !== undefined) line.write(`${JSON.stringify(reply)}\n`);
      }
    });
    line.on("error", () => {});
  });
  let end: (exit: MachineExit) => void = () => {};
  const exited = new Promise<MachineExit>((resolve) => (end = resolve));
  const agent = createAgent({ socket, exited });
  const listen = () => new Promise<void>((resolve) => server.listen(socket, resolve));
  onTestFinished(() => void server.close());
  return { agent, listen, ends: () => end({ code: 0, signal: null, stderr: "" }) };
}

it("asks one after the other, and takes each answer for its own question", async () => {
  const { agent, listen } = await played(({ execute, arguments: args }) => ({ return: { execute, args } }));
  await listen();
  const answers = await Promise.all([1, 2, 3].map((n) => agent.executeRaw("x", { n, text: "größe \u00ff" }, soon)));
  expect(answers).toEqual([1, 2, 3].map((n) => ({ execute: "x", args: { n, text: "größe \u00ff" } })));
});

it("waits for an agent that is not there yet", async () => {
  const { agent, listen } = await played(() => ({ return: {} }));
  const waiting = agent.ping(soon);
  setTimeout(() => void listen(), 300);
  expect(await waiting).toBeUndefined();
});

it("tells a refusal, and that a program was not found", async () => {
  const { agent, listen } = await played(() => ({ error: { class: "CommandNotFound", desc: "no such command" } }));
  await listen();
  await expect(agent.executeRaw("x", undefined, soon)).rejects.toMatchObject({
    code: "AGENT_FAILED",
    message: "The guest agent refused x: no such command",
    details: { class: "CommandNotFound" },
  });
});

it("gives up in time, by signal and at the machine's end", async () => {
  const { agent, listen, ends } = await played(() => undefined);
  await listen();
  await expect(agent.ping({ timeoutMs: 200 })).rejects.toMatchObject({ code: "WAIT_TIMEOUT" });
  await expect(agent.ping({ ...soon, signal: AbortSignal.timeout(200) })).rejects.toMatchObject({ code: "ABORTED" });
  const waiting = agent.ping(soon);
  setTimeout(ends, 100);
  await expect(waiting).rejects.toMatchObject({ code: "MACHINE_EXITED" });
  await expect(agent.ping(soon)).rejects.toMatchObject({ code: "MACHINE_EXITED" });
});

it("does not take an answer that came too late for the next one", async () => {
  let late: (() => void) | undefined;
  const { agent, listen } = await played(({ execute }, line) => {
    if (execute === "quick") return { return: "quick" };
    late = () => void line.write('{"return": "slow"}\n');
    return undefined;
  });
  await listen();
  await expect(agent.executeRaw("slow", undefined, { timeoutMs: 300 })).rejects.toMatchObject({ code: "WAIT_TIMEOUT" });
  late?.();
  expect(await agent.executeRaw("quick", undefined, soon)).toBe("quick");
});

it("reads answers in pieces, behind the last sentinel, and skips what it cannot read", () => {
  const answers: AgentAnswer[] = [];
  const read = answerReader((answer) => answers.push(answer));
  for (const piece of [
    '{"return": 1}\n{"ret',
    'urn": 2}\n',
    'half{"\u00ff{"return"',
    ': 3}\nno JSON\nnull\n{"x": 1}\n',
  ])
    read(piece);
  expect(answers).toEqual([1, 2, 3].map((value) => ({ kind: "return", value })));
});
