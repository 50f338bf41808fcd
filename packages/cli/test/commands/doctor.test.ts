import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Diagnosis } from "@ipa-br/buildroot";
import { beforeEach, describe, expect, it } from "vitest";
import { main } from "../../src/main.js";
import { unfit } from "../support/fit.js";
import { temporaryFolder } from "../support/folder.js";
import { testIo } from "../support/io.js";
import { bin } from "../support/ipa-br.js";
import { parallelTree, type ParallelTree } from "../support/parallel-tree.js";
import { pathWithout } from "../support/programs.js";
import { onTerminal } from "../support/terminal.js";

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

let folder: string;
let tree: ParallelTree;

beforeEach(() => {
  folder = temporaryFolder();
  tree = parallelTree(folder);
  tree.releaseAll();
});

async function ipaBr(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Outcome> {
  const io = testIo({ cwd: folder, env: { PATH: process.env["PATH"], HOME: folder, ...env } });
  const code = await main([...args, ...tree.where], io, "1");
  return { code, out: io.out(), err: io.err() };
}

describe("ipa-br doctor", { timeout: 60_000 }, () => {
  it("tells that nothing is missing, with exit code 0", async (ctx) => {
    ctx.skip(unfit !== undefined, unfit);
    const { code, out, err } = await ipaBr(["doctor"]);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/: \d+ checks, (all fine|(\d+ (warning|note)s?(, )?)+)\n/);
    const json = JSON.parse((await ipaBr(["doctor", "--json"])).out) as Diagnosis;
    expect(json.checks.length).toBeGreaterThan(40);
    expect(json.problems.every(({ severity }) => severity !== "error")).toBe(true);
  });

  it("names everything at once, each with its reason, and ends with 3", async (ctx) => {
    ctx.skip(unfit !== undefined, unfit);
    const PATH = pathWithout(join(folder, "bin"), ["bc", "cpio", "rsync"]);
    const { code, out, err } = await ipaBr(["doctor"], { PATH });
    expect(code).toBe(3);
    for (const name of ["bc", "cpio", "rsync"]) expect(out).toContain(`error: ${name} is not installed.\n`);
    expect(out).toContain("    the Linux kernel's build calculates with it (support/dependencies/dependencies.sh)\n");
    expect(err).toBe("error: this host cannot build, for 3 problems [HOST_UNFIT]\n  try: ipa-br doctor --fix\n");
    const { problems, fix } = JSON.parse((await ipaBr(["doctor", "--json"], { PATH })).out) as Diagnosis;
    expect(problems.filter(({ severity }) => severity === "error").map(({ id }) => id)).toEqual([
      "program:cpio",
      "program:rsync",
      "program:bc",
    ]);
    expect(fix?.slice(-3)).toEqual(["bc", "cpio", "rsync"]);
  });

  it("works where not even make is there, and PATH is unusable besides", async (ctx) => {
    ctx.skip(unfit !== undefined, unfit);
    const PATH = `${pathWithout(join(folder, "bin"), ["make"])}:.`;
    const { code, out } = await ipaBr(["doctor"], { PATH });
    expect(code).toBe(3);
    expect(out).toContain("error: make is not installed.\n");
    expect(out).toContain(`    export PATH=${join(folder, "bin")}\n`);
  });

  it("looks at what the configuration asks for", async (ctx) => {
    ctx.skip(unfit !== undefined, unfit);
    await ipaBr(["configure", "parallel", "--set", "BR2_ROOTFS_OVERLAY=/nowhere/overlay"]);
    const { code, out } = await ipaBr(["doctor"]);
    expect(code).toBe(3);
    expect(out).toContain("error: /nowhere/overlay is not there.\n    BR2_ROOTFS_OVERLAY names it\n");
  });

  it("refuses a tree that was named and is none", async () => {
    const io = testIo({ cwd: folder });
    expect(await main(["doctor", "--buildroot", folder, "--output", tree.output], io, "1")).toBe(4);
    expect(io.err()).toContain("[BUILDROOT_INVALID]");
  });

  it("--fix installs nothing that nobody has agreed to", async (ctx) => {
    ctx.skip(unfit !== undefined, unfit);
    const PATH = pathWithout(join(folder, "bin"), ["bc"]);
    const { code, err } = await ipaBr(["doctor", "--fix"], { PATH });
    expect(code).toBe(2);
    expect(err).toMatch(/\[TERMINAL_NEEDED\]\n {2}try: ipa-br doctor --fix --yes, or type it yourself: .* bc\n$/);
  });

  it.each([
    ["n\r", 3],
    ["\r", 3],
    ["\u0004", 3],
    ["\u0003", 130],
  ])("--fix asks on a terminal; %j is a no", async (answer, code) => {
    const PATH = pathWithout(join(folder, "bin"), ["bc"]);
    const command = [bin, "doctor", "--fix", ...tree.where].map((word) => `'${word}'`).join(" ");
    const node = process.execPath;
    const screen = onTerminal("/bin/sh", ["-c", `PATH='${PATH}'; export PATH; exec '${node}' ${command}`], 200, 50);
    await screen.until((lines) => lines.some((line) => /^Run .* bc\? \[y\/N\]/.test(line)));
    screen.pty.write(answer);
    expect(await screen.exitCode).toBe(code);
    expect(screen.raw()).not.toMatch(/^Running /m);
  });
});

describe("ipa-br build looks at the host first", { timeout: 60_000 }, () => {
  it("says so in one line", async (ctx) => {
    ctx.skip(unfit !== undefined, unfit);
    const { code, err } = await ipaBr(["build", "--defconfig", "parallel"]);
    expect(code).toBe(0);
    expect(err.match(/^host: .*$/gm)).toEqual([expect.stringMatching(/^host: \d+ checks, /)]);
    const warned = await ipaBr(["build"], { PERL_MM_OPT: "INSTALL_BASE=/x" });
    expect(warned.code).toBe(0);
    expect(warned.err).toMatch(/^host: \d+ checks, \d+ warnings?: .*PERL_MM_OPT is set.* \(ipa-br doctor\)$/m);
  });

  it("and stops at all of what is missing, before anything is written", async (ctx) => {
    ctx.skip(unfit !== undefined, unfit);
    const PATH = pathWithout(join(folder, "bin"), ["bc", "rsync"]);
    const { code, out, err } = await ipaBr(["build", "--defconfig", "parallel"], { PATH });
    expect([code, out]).toEqual([3, ""]);
    expect(err).toMatch(/^error: this host cannot build, for 2 problems: \[HOST_UNFIT\]\n/);
    for (const name of ["bc", "rsync"]) expect(err).toContain(`    error: ${name} is not installed.\n`);
    expect(err).toMatch(/\n {2}try: .* bc rsync\n$/);
    expect(existsSync(join(tree.output, ".config"))).toBe(false);
    expect((await ipaBr(["build", "--no-doctor", "--defconfig", "parallel"], { PATH })).code).toBe(0);
  });

  it("looks at what the configuration asks for once it is there", async (ctx) => {
    ctx.skip(unfit !== undefined, unfit);
    const overlay = ["--set", "BR2_ROOTFS_OVERLAY=/nowhere/overlay"];
    const { code, err } = await ipaBr(["build", "--defconfig", "parallel", ...overlay]);
    expect(code).toBe(3);
    expect(err).toContain("/nowhere/overlay is not there.");
    expect(existsSync(join(tree.output, "images"))).toBe(false);
  });

  it("remembers for build what programs said, and asks them again where that would stop it", async (ctx) => {
    ctx.skip(unfit !== undefined, unfit);
    const cache = join(folder, "cache");
    const home = { XDG_CACHE_HOME: cache };
    expect((await ipaBr(["build", "--defconfig", "parallel"], home)).code).toBe(0);
    const kept = join(cache, "ipa-br/answers.json");
    const { answers } = JSON.parse(readFileSync(kept, "utf8")) as { answers: Record<string, { output: string }> };
    const said = Object.values(answers).map(({ output }) => output);
    for (const pattern of [/^GNU Make /, /^gcc version /m, /^GNU patch /])
      expect(said.some((text) => pattern.test(text))).toBe(true);
    for (const answer of Object.values(answers))
      answer.output = answer.output.replace(/^gcc version \d+/m, "gcc version 3");
    writeFileSync(kept, JSON.stringify({ version: 1, answers }));
    const { code, err } = await ipaBr(["build"], home);
    expect([code, err]).toEqual([0, expect.stringMatching(/^host: \d+ checks/m)]);
  });
});
