import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { AgentEnd } from "../../src/machine/agent-end.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** The line that tells the agent's end, as soon as there is one, in these pieces of a console. */
async function endIn(...pieces: readonly string[]): Promise<string | undefined> {
  const end = new AgentEnd();
  let seen: string | undefined;
  void end.seen.then((line) => (seen = line));
  for (const piece of pieces) end.add(piece);
  await vi.advanceTimersByTimeAsync(30_000);
  end.close();
  return seen;
}

describe("AgentEnd", () => {
  it("sees a script's own word, in pieces and in colours", async () => {
    expect(await endIn("starting\r\nironic-python-agent en", "ded with 1\r\n")).toBe(
      "ironic-python-agent ended with 1",
    );
    expect(await endIn("\u001B[31m[FAILED]\u001B[0m Failed to start Ironic Python Agent.\r\n")).toBe(
      "[FAILED] Failed to start Ironic Python Agent.",
    );
  });

  it("sees a service that is not started again, but not one that is", async () => {
    const failed = "ironic-python-agent.service: Failed with result 'exit-code'.\n";
    const again = (count: number) =>
      `ironic-python-agent.service: Scheduled restart job, restart counter is at ${count}.\n`;
    expect(await endIn(failed)).toBe(failed.trim());
    expect(await endIn(failed, again(1))).toBeUndefined();
    expect(await endIn(failed, again(1), failed, again(2), failed, again(3))).toBe(again(3).trim());
    expect(await endIn("systemd[1]: ironic-python-agent.service: Start request repeated too quickly.\n")).toContain(
      "too quickly",
    );
  });

  it("is not taken in by what others print", async () => {
    expect(
      await endIn("sshd.service: Failed with result 'exit-code'.\n", "Failed to start Network.\n", "x".repeat(1e5)),
    ).toBeUndefined();
  });
});
