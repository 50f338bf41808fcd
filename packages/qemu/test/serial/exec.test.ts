import { execFileSync } from "node:child_process";
import { assert, property, string } from "fast-check";
import { expect, it } from "vitest";
import { shellLine } from "../../src/serial/shell-line.js";
import { playedGuest } from "../support/console.js";

/** What a POSIX shell on this host makes of the line. */
function run(command: string): string {
  const stdio: ("pipe" | "ignore")[] = ["pipe", "pipe", "ignore"];
  return execFileSync("sh", ["-s"], { input: shellLine(command, "ID"), encoding: "utf8", stdio });
}

it("runs the command between its markers and tells the exit code", () => {
  expect(run("echo out; exit 7")).toBe("\n<begin:ID>\nout\n\n<end:ID:7>\n");
  // A pager would wait for a key that nobody presses.
  expect(run("echo $PAGER $SYSTEMD_PAGER")).toContain("\ncat cat\n");
  expect(run("if")).toContain("<end:ID:2>");
  expect(run("")).toBe("\n<begin:ID>\n\n<end:ID:0>\n");
});

it("gives any text to the command, in lines that a line editor takes", () => {
  const word = string({ unit: "grapheme", maxLength: 300 }).filter((text) => !text.includes("\0"));
  assert(
    property(word, (text) => {
      const line = shellLine(`printf %s '${text.replaceAll("'", `'\\''`)}'`, "ID");
      expect(Math.max(...line.split("\n").map((part) => part.length))).toBeLessThan(1000);
      expect(line).toMatch(/^[\n\u0020-\u007e]*$/);
      expect(line).not.toContain("<begin:ID>");
      expect(execFileSync("sh", ["-s"], { input: line, encoding: "utf8" })).toBe(`\n<begin:ID>\n${text}\n<end:ID:0>\n`);
    }),
    { numRuns: 60 },
  );
});

it("reads the output out of the echo and the kernel's noise", async () => {
  const guest = playedGuest();
  guest.onTyped((line) => {
    const id = /begin ([0-9a-f]+)/.exec(line)?.[1];
    guest.prints(`${line.replaceAll("\n", "\r\n")}\r\n<begin:${id}>\r\nsome output\r\n\r\n<end:${id}:1>\r\n# `);
  });
  expect(await guest.console.exec("false", { timeoutMs: 15_000 })).toEqual({ exitCode: 1, output: "some output\n" });
});

it("names the command when time is over", async () => {
  const running = playedGuest().console.exec("sleep 1h", { timeoutMs: 30 });
  await expect(running).rejects.toMatchObject({
    code: "WAIT_TIMEOUT",
    message: expect.stringContaining('the end of the command "sleep 1h"'),
  });
});
