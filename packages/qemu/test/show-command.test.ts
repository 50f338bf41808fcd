import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { planLaunch, quoteCommand } from "../src/index.js";
import { searchPath } from "../src/host/search-path.js";
import { env } from "./support/env.js";
import { linuxMachine, temporaryFolder } from "./support/guest.js";

it("the lines of a plan, typed into a shell, boot that machine", { timeout: 400_000 }, async (context) => {
  const tmp = await temporaryFolder();
  const tpm = (await searchPath("swtpm", env)) !== undefined;
  const file = join(tmp, "new, disk 1.img");
  const machine = await linuxMachine(context, {
    start: `#!/bin/sh\necho "size $(cat /sys/block/nvme0n1/size)"\nls /dev/tpm0\n`,
  });
  const plan = await planLaunch(
    {
      ...machine,
      append: `${machine.append} note="it's \\$5"`,
      tpm,
      guestAgent: true,
      nics: [{ mac: "52:54:00:00:00:01" }],
      drives: [{ file, createBytes: 64 * 1024 ** 2, bus: "nvme" }],
      reboot: false,
    },
    { env: { ...env, TMPDIR: tmp }, accel: "tcg" },
  );
  // Nothing was made yet.
  expect(await readdir(tmp)).toEqual([]);
  const script = [...plan.prepare, plan.command].map(quoteCommand).join("\n");
  const shell = spawn("/bin/sh", ["-e"], {
    env: { ...env, TMPDIR: tmp },
    stdio: ["pipe", "pipe", "inherit"],
    detached: true,
  });
  shell.stdin.write(`${script}\n`);
  let output = "";
  try {
    for await (const chunk of shell.stdout) {
      output += String(chunk);
      if (output.includes("testbox login:")) break;
    }
  } finally {
    process.kill(-(shell.pid ?? 0), "SIGTERM");
  }
  if (shell.exitCode === null && shell.signalCode === null) await once(shell, "exit");
  expect(output).toContain(`note="it's \\$5"`);
  expect(output).toContain("size 131072");
  expect(/^\/dev\/tpm0\r?$/m.test(output)).toBe(tpm);
  expect((await stat(file)).size).toBe(64 * 1024 ** 2);
});
