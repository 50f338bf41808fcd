import { beforeEach, describe, expect, it } from "vitest";
import { unfit } from "../../support/fit.js";
import { temporaryFolder } from "../../support/folder.js";
import { bin } from "../../support/ipa-br.js";
import { parallelTree } from "../../support/parallel-tree.js";
import { onTerminal } from "../../support/terminal.js";

const has = (lines: readonly string[], pattern: RegExp): boolean => lines.some((line) => pattern.test(line));
const count = (lines: readonly string[], pattern: RegExp): number => lines.filter((line) => pattern.test(line)).length;
const secondsOf = (lines: readonly string[], name: string): number =>
  Number(
    new RegExp(`^  ${name} +build +([\\d.]+) s$`).exec(lines.find((line) => line.startsWith(`  ${name}`)) ?? "")?.[1],
  );
/** The first line of the display: the clock, and packages done of those there are. */
const head = /^\[.*\d\/3/;

function build(where: readonly string[], more: readonly string[] = []): readonly string[] {
  return [bin, "build", "--defconfig", "parallel", "--jobs", "2", ...more, ...where];
}

describe("ipa-br build on a terminal", { timeout: 180_000 }, () => {
  beforeEach((ctx) => ctx.skip(unfit !== undefined, unfit));

  it("shows packages, bar, time left and each running step, follows a resize, and leaves the terminal as it was", async () => {
    const tree = parallelTree(temporaryFolder());
    const command = [process.execPath, ...build(tree.where)].map((word) => `'${word}'`).join(" ");
    const screen = onTerminal("/bin/sh", ["-c", `stty -g; ${command}; echo "ended $?"; stty -g`]);

    const first = await screen.until((lines) => has(lines, /^  alpha +build/) && has(lines, /^  beta +build/));
    expect(first.find((line) => head.test(line))).toMatch(/^\[ +[\d.]+ s\]  \[[=> ]{24}\]  0\/3  \d+ %  .* left$/);
    expect(has(first, /^host: \d+ checks, /)).toBe(true);
    expect(has(first, /^Configured parallel_defconfig/)).toBe(true);

    // From here on the display is there after each piece of output, and it is there once.
    const wrong: (readonly string[])[] = [];
    screen.watch((lines) => {
      if (count(lines, head) !== 1) wrong.push(lines);
    });
    const before = secondsOf(first, "alpha");
    await screen.until((lines) => secondsOf(lines, "alpha") > before + 1 && secondsOf(lines, "beta") > 1);
    expect(wrong).toEqual([]);
    screen.watch(() => undefined);

    screen.resize(40, 24);
    await screen.until((lines) => has(lines, head) && !has(lines, /\[[=> ]{24}\]/) && has(lines, /^  beta +build/));
    screen.resize(120, 30);
    const wide = await screen.until((lines) => has(lines, /\[[=> ]{24}\]/));
    expect([count(wide, head), count(wide, /^  alpha +build/), count(wide, /^  beta +build/)]).toEqual([1, 1, 1]);

    tree.release("alpha");
    await screen.until((lines) => has(lines, /1\/3/) && has(lines, /^  gamma +build/) && !has(lines, /^  alpha/));
    tree.release("gamma");
    tree.release("beta");
    await screen.until((lines) => has(lines, /3\/3/) && has(lines, /^  Finalizing target directory$/));
    tree.release("images");
    expect(await screen.exitCode).toBe(0);

    const last = await screen.until((lines) => has(lines, /^ended 0$/));
    expect(count(last, head)).toBe(0);
    expect(has(last, /^Built in /)).toBe(true);
    expect(has(last, /rootfs\.cpio/)).toBe(true);
    const [start, end] = last.filter((line) => /^[0-9a-f]+(:[0-9a-f]+)+$/.test(line));
    expect(end).toBe(start);
    // No mode was changed: neither the cursor's nor the screen's.
    expect(screen.raw()).not.toContain("\u001B[?");
  });

  it("Ctrl+C: the display goes, what it did stays, the exit code is 130", async () => {
    const tree = parallelTree(temporaryFolder());
    const screen = onTerminal(process.execPath, build(tree.where), 200);
    await screen.until((lines) => has(lines, /^  alpha +build/));
    screen.pty.write("\u0003");
    expect(await screen.exitCode).toBe(130);
    const last = await screen.until((lines) => has(lines, /\[ABORTED\]$/));
    expect(has(last, /^stopping \d+ processes$/)).toBe(true);
    expect([count(last, head), count(last, /^  alpha/)]).toEqual([0, 0]);
    expect(has(last, /^Configured parallel_defconfig/)).toBe(true);
  });

  it("a failure stands where the display was", async () => {
    const tree = parallelTree(temporaryFolder());
    const screen = onTerminal(process.execPath, [...build(tree.where), "broken"], 200);
    expect(await screen.exitCode).toBe(1);
    const last = await screen.until((lines) => has(lines, /\[BUILD_FAILED\]/));
    expect(has(last, /^error: broken 1\.0: Building failed: broken\.c:3:9: error: 'missing' undeclared/)).toBe(true);
    expect(count(last, head)).toBe(0);
  });

  it("stopped and continued, it is drawn below what the shell wrote meanwhile", async () => {
    const tree = parallelTree(temporaryFolder());
    const screen = onTerminal(process.execPath, build(tree.where));
    await screen.until((lines) => has(lines, /^  alpha +build/));
    process.kill(screen.pty.pid, "SIGSTOP");
    screen.write("[1]+  Stopped\r\n$ fg\r\n");
    process.kill(screen.pty.pid, "SIGCONT");
    const after = await screen.until((lines) => {
      const shell = lines.indexOf("$ fg");
      return shell >= 0 && lines.slice(shell).some((line) => head.test(line));
    });
    expect(after).toContain("[1]+  Stopped");
  });

  it("without a terminal: lines with counts, and no escapes", async () => {
    const tree = parallelTree(temporaryFolder());
    tree.releaseAll();
    const command = [process.execPath, ...build(tree.where)].map((word) => `'${word}'`).join(" ");
    const screen = onTerminal("/bin/sh", ["-c", `${command} 2>&1 | cat`]);
    await screen.exitCode;
    const lines = await screen.until((all) => has(all, /^Built in/));
    expect(has(lines, /^\[ +[\d.]+ s\] [0-3]\/3, .* left: beta 1\.0 Building$/)).toBe(true);
    expect(has(lines, /^\[ +[\d.]+ s\] 3\/3, .* left: Finalizing target directory$/)).toBe(true);
    expect(screen.raw()).not.toContain("\u001B");
  });
});
