import { expect, it } from "vitest";
import { loginPrompt, text } from "../src/index.js";
import { linuxMachine, patience, started } from "./support/guest.js";

it("boots Linux to its login prompt, logs in, runs commands, stops", { timeout: 300_000 }, async (context) => {
  const running = await started(await linuxMachine(context));
  expect(await running.console.waitFor(loginPrompt(), patience)).toBe("testbox login:");
  running.console.send("root\n");
  await running.console.waitFor(text("# "), patience);
  expect(await running.console.exec("echo hello; uname -s; exit 3", patience)).toEqual({
    exitCode: 3,
    output: "hello\nLinux\n",
  });
  const stopped = await running.stop();
  expect(stopped.exit).toMatchObject({ code: 0, signal: null });
  expect(stopped.transcript).toContain("testbox login:");
});
