import { setTimeout } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { startOwned } from "../../src/process/owned.js";
import { env } from "../support/env.js";

describe("startOwned", () => {
  it("does not hold up a process that writes byte by byte while nobody reads", async () => {
    const bytes = 20_000;
    const script = `dd if=/dev/zero bs=1 count=${bytes} 2>/dev/null; echo written >&2; read -r line; exit 7`;
    const owned = await startOwned({ file: "/bin/sh", args: ["-c", script] }, { env });
    while (!owned.stderr().includes("written")) await setTimeout(20);
    let received = 0;
    owned.stdout.on("data", (chunk: Buffer) => (received += chunk.length));
    owned.stdin.write("\n");
    expect(await owned.exited).toEqual({ code: 7, signal: null, stderr: "written\n" });
    expect(received).toBe(bytes);
  });

  it("reads what a process said before it ended", async () => {
    const owned = await startOwned({ file: "/bin/sh", args: ["-c", "echo last words"] }, { env });
    let text = "";
    owned.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
    await owned.exited;
    expect(text).toBe("last words\n");
  });

  it("tells of a program that is not there", async () => {
    await expect(startOwned({ file: "/absent/qemu", args: [] }, { env })).rejects.toMatchObject({
      code: "QEMU_UNUSABLE",
    });
  });
});
