import { spawn, spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import { bundle } from "../support/bundle.js";
import { needQemu, temporaryFolder } from "../support/guest.js";

/** Gives a program a terminal of its own. */
const terminalMaker = "script" as string;

/** Runs the program at a terminal of its own, types when it is attached, and results in what the terminal showed. */
async function atTerminal(argument: string, keys: string): Promise<string> {
  const program = await bundle(new URL("../support/terminal.ts", import.meta.url), await temporaryFolder());
  const line = `echo "before $(stty -g)"; '${process.execPath}' '${program}' ${argument}; echo "after $(stty -g)"`;
  const child = spawn(terminalMaker, ["-qec", line, "/dev/null"], { stdio: ["pipe", "pipe", "inherit"] });
  let shown = "";
  for await (const chunk of child.stdout) {
    const before = shown.includes("raw: true");
    shown += String(chunk);
    if (!before && shown.includes("raw: true")) child.stdin.write(keys);
  }
  return shown;
}

it.for([
  ["the person leaves", "leave", "\u0001x", "ended: left, raw: false"],
  ["the program breaks", "throw", "", "broken on purpose"],
  ["the program exits", "exit", "", ""],
] as const)("restores a real terminal when %s", { timeout: 120_000 }, async ([, argument, keys, said], context) => {
  await needQemu(context);
  context.skip(spawnSync(terminalMaker, ["--version"]).error !== undefined, "no script(1) here (util-linux, bsdutils)");
  const shown = await atTerminal(argument, keys);
  expect(shown).toContain(said);
  const mode = (when: string): string | undefined => new RegExp(`${when} (\\S+)`).exec(shown)?.[1];
  expect(mode("before")).toMatch(/^[0-9a-f:]+$/);
  expect(mode("after")).toBe(mode("before"));
});
