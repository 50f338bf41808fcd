import { spawn } from "node:child_process";
import { symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { compileSources } from "../support/compile.js";
import { processesWith } from "../support/processes.js";
import { temporaryFolder } from "../support/temporary.js";

const program = `
import { spawnProcess } from "./process/spawn.js";
void spawnProcess({
  file: "/bin/sh",
  args: ["-c", "sleep 361 & echo ready; wait"],
  env: { PATH: process.env.PATH },
  output: "merged",
  graceMs: 1000,
  onOutput: () => {
    console.log("ready");
    setTimeout(() => { if (process.argv[2] === "throw") throw new Error("unexpected"); process.exit(0); }, 50);
    return true;
  },
});
`;

it.each(["exit", "throw"])("a group ends with its owner: %s", async (how) => {
  const folder = await temporaryFolder();
  const names = ["spawn", "kill-tree", "descendants", "identity", "signals", "watchdog"].map(
    (name) => `process/${name}`,
  );
  await compileSources(folder, [...names, "errors"]);
  await symlink(fileURLToPath(new URL("../../node_modules", import.meta.url)), join(folder, "node_modules"));
  await writeFile(join(folder, "program.js"), program);
  const child = spawn(process.execPath, [join(folder, "program.js"), how], { stdio: ["ignore", "pipe", "ignore"] });
  let said = "";
  child.stdout.on("data", (text: Buffer) => (said += text.toString()));
  await new Promise((resolve) => child.once("close", resolve));
  expect(said).toBe("ready\n");
  await expect.poll(() => processesWith("sleep 361"), { timeout: 2000 }).toEqual([]);
});
