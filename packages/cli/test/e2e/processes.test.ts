import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { temporaryFolder } from "../support/folder.js";
import { bin, cleanEnvironment } from "../support/ipa-br.js";
import { parallelTree, type ParallelTree } from "../support/parallel-tree.js";

/** The running processes that work for a folder: it is in their words, their environment, or is where they are. */
function workingIn(folder: string): readonly string[] {
  const said = (path: string): string => {
    try {
      return readFileSync(path, "latin1").replaceAll("\u0000", " ");
    } catch {
      return "";
    }
  };
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => !/\) [ZX] /.test(said(`/proc/${pid}/stat`)))
    .filter((pid) => {
      if (said(`/proc/${pid}/cmdline`).includes(folder) || said(`/proc/${pid}/environ`).includes(folder)) return true;
      try {
        return readlinkSync(`/proc/${pid}/cwd`).startsWith(folder);
      } catch {
        return false;
      }
    })
    .map((pid) => `${pid} ${said(`/proc/${pid}/cmdline`)}`);
}

interface Build {
  readonly child: ChildProcess;
  said(): string;
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>;
}

function startBuild(tree: ParallelTree, more: readonly string[] = []): Build {
  const args = [bin, "build", "--no-doctor", "--jobs", "3", ...more, ...tree.where];
  const child = spawn(process.execPath, args, { cwd: "/", env: cleanEnvironment(), stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (text: Buffer) => void (said += text.toString()));
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) =>
    child.once("close", (code, signal) => resolve({ code, signal })),
  );
  onTestFinished(() => void child.kill("SIGKILL"));
  return { child, said: () => said, ended };
}

/** Generous: the machine may be busy with other things. */
const patience = { timeout: 60_000, interval: 50 };
const building = (build: Build): Promise<void> =>
  expect.poll(() => build.said(), patience).toMatch(/gamma 1\.0 Building/);

describe("a build's processes", { timeout: 240_000 }, () => {
  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 130],
    ["SIGHUP", 130],
  ] as const)("%s ends all of them, in order", async (signal, code) => {
    const folder = temporaryFolder();
    const tree = parallelTree(folder);
    const build = startBuild(tree, ["--defconfig", "parallel"]);
    await building(build);
    expect(workingIn(tree.output).length).toBeGreaterThan(3);
    build.child.kill(signal);
    expect(await build.ended).toEqual({ code, signal: null });
    await expect.poll(() => workingIn(tree.output), patience).toEqual([]);
    expect(existsSync(join(tree.output, "ipa-br/lock"))).toBe(false);
  });

  it("SIGKILL: the watchdog ends them, the next build takes the lock over and goes on", async () => {
    const tree = parallelTree(temporaryFolder());
    const build = startBuild(tree, ["--defconfig", "parallel"]);
    await building(build);
    build.child.kill("SIGKILL");
    expect(await build.ended).toEqual({ code: null, signal: "SIGKILL" });
    await expect.poll(() => workingIn(tree.output), patience).toEqual([]);
    expect(existsSync(join(tree.output, "ipa-br/lock"))).toBe(true);
    tree.releaseAll();
    const next = startBuild(tree);
    expect(await next.ended).toEqual({ code: 0, signal: null });
    expect(next.said()).toMatch(/^warning: took over .*\/ipa-br\/lock: process \d+ \("build", since .*\) is gone$/m);
  });

  it("SIGKILL of the watchdog too: the next build ends what is left before it begins", async () => {
    const tree = parallelTree(temporaryFolder());
    const build = startBuild(tree, ["--defconfig", "parallel"]);
    await building(build);
    const watchdogs = readdirSync("/proc").filter((pid) => {
      try {
        const parent = Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, "latin1"))?.[1]);
        return parent === build.child.pid && readFileSync(`/proc/${pid}/cmdline`, "latin1").includes("ipa-br-watchdog");
      } catch {
        return false;
      }
    });
    expect(watchdogs.length).toBeGreaterThan(0);
    for (const pid of watchdogs) process.kill(Number(pid), "SIGKILL");
    build.child.kill("SIGKILL");
    await build.ended;
    const left = workingIn(tree.output);
    expect(left.length).toBeGreaterThan(2);
    // It waits for the same files: only if the former make is gone are there as many as one build has.
    const next = startBuild(tree);
    await building(next);
    const pids = new Set(workingIn(tree.output).map((line) => line.split(" ")[0]));
    expect(left.map((line) => line.split(" ")[0]).filter((pid) => pids.has(pid))).toEqual([]);
    tree.releaseAll();
    expect(await next.ended).toEqual({ code: 0, signal: null });
  });
});

describe("several builds at once", { timeout: 240_000 }, () => {
  it("in one output folder: one builds, the others are told who", async () => {
    const tree = parallelTree(temporaryFolder());
    const configured = startBuild(tree, ["--defconfig", "parallel", "broken"]);
    expect((await configured.ended).code).toBe(1);
    const builds = Array.from({ length: 4 }, () => startBuild(tree));
    // Whoever won waits at its packages; the others have ended by themselves.
    const refused: Build[] = [];
    for (const build of builds) void build.ended.then(() => refused.push(build));
    await expect.poll(() => refused.length, patience).toBe(3);
    const winner = builds.find((build) => !refused.includes(build))!;
    await building(winner);
    for (const build of refused) {
      expect((await build.ended).code).toBe(5);
      expect(build.said()).toMatch(
        new RegExp(`in use by process ${winner.child.pid} \\("build"\\) since .*\\[LOCKED\\]`),
      );
    }
    expect((await startBuild(tree, ["--defconfig", "parallel"]).ended).code).toBe(5);
    tree.releaseAll();
    expect((await winner.ended).code).toBe(0);
    expect((await startBuild(tree).ended).code).toBe(0);
  });

  it("in two folders: both build at the same time", async () => {
    const trees = [parallelTree(temporaryFolder()), parallelTree(temporaryFolder())];
    const builds = trees.map((tree) => startBuild(tree, ["--defconfig", "parallel"]));
    // Each is at its packages while the other is.
    for (const build of builds) await building(build);
    for (const build of builds) expect(build.child.exitCode).toBeNull();
    trees[0]!.releaseAll();
    expect((await builds[0]!.ended).code).toBe(0);
    expect(workingIn(trees[1]!.output).length).toBeGreaterThan(3);
    trees[1]!.releaseAll();
    expect((await builds[1]!.ended).code).toBe(0);
    for (const tree of trees) expect(existsSync(join(tree.output, "images/rootfs.cpio"))).toBe(true);
  });
});

describe("what kconfig conf says", { timeout: 120_000 }, () => {
  it.each([
    ["a full device", ">/dev/full 2>&1"],
    ["a reader that went away", "2>&1 | true"],
    ["closed streams", ">&- 2>&-"],
  ])("goes to %s, and all files are written", (_what, where) => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, "Kconfig"), 'config A\n\tbool "a"\n\tdefault y\nconfig B\n\tint\n\tdefault zz\n');
    const command = `"$0" "$1" kconfig conf --dialect linux-6.12 --alldefconfig Kconfig ${where}; echo "\${PIPESTATUS[0]}" >code`;
    const { status } = spawnSync("/bin/bash", ["-c", command, process.execPath, bin], { cwd, env: cleanEnvironment() });
    expect([status, readFileSync(join(cwd, "code"), "utf8")]).toEqual([0, "0\n"]);
    expect(readFileSync(join(cwd, ".config"), "utf8")).toContain("CONFIG_A=y\n");
    expect(readFileSync(join(cwd, "include/config/auto.conf"), "utf8")).toContain("CONFIG_A=y\n");
    expect(existsSync(join(cwd, "include/generated/autoconf.h"))).toBe(true);
  });
});

describe("a kconfig conf that a signal ends", { timeout: 120_000 }, () => {
  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "ends by %s itself, as C's does, and leaves nothing behind",
    async (name) => {
      const cwd = temporaryFolder();
      const Kconfig = 'config A\n\tstring "a"\n\tdefault "$(shell,echo >started; sleep 600)"\n';
      writeFileSync(join(cwd, "Kconfig"), Kconfig);
      writeFileSync(join(cwd, ".config"), "# mine\n");
      const args = [bin, "kconfig", "conf", "--dialect", "linux-6.12", "--olddefconfig", "Kconfig"];
      const child = spawn(process.execPath, args, { cwd, env: cleanEnvironment(), stdio: ["ignore", "pipe", "pipe"] });
      let said = "";
      for (const stream of [child.stdout, child.stderr]) stream.on("data", (data: Buffer) => (said += data.toString()));
      const ended = new Promise<unknown[]>((done) => child.on("close", (...how) => done(how)));
      while (!existsSync(join(cwd, "started"))) await sleep(20);
      child.kill(name);
      expect([await ended, said]).toEqual([[null, name], ""]);
      expect(readdirSync(cwd).sort()).toEqual([".config", "Kconfig", "started"]);
      expect(readFileSync(join(cwd, ".config"), "utf8")).toBe("# mine\n");
      while (workingIn(cwd).length > 0) await sleep(20);
    },
  );
});

describe("output that cannot be written", { timeout: 120_000 }, () => {
  const ran = (command: string): { readonly status: number | null; readonly stderr: string } => {
    const env = { ...cleanEnvironment(), IPA_BR: `${process.execPath} ${bin}` };
    const { status, stderr } = spawnSync("/bin/bash", ["-c", command], {
      cwd: temporaryFolder(),
      env,
      encoding: "utf8",
    });
    return { status, stderr };
  };

  it("is told in one line, with exit code 3", () => {
    for (const command of ["--help", "doctor --json"]) {
      const { status, stderr } = ran(`$IPA_BR ${command} >/dev/full`);
      expect([command, status]).toEqual([command, 3]);
      expect(stderr).toMatch(/^error: the output cannot be written: ENOSPC[^\n]*\n {2}try: df -h[^\n]*\n$/);
    }
    expect(ran("$IPA_BR nonsense 2>/dev/full").status).toBe(3);
  });

  it("is no matter where a reader has had enough", () => {
    const { status, stderr } = ran('$IPA_BR kconfig --help | true; test "${PIPESTATUS[0]}" -ne 70');
    expect([status, stderr]).toEqual([0, ""]);
  });
});

describe("the standard input of kconfig conf", { timeout: 120_000 }, () => {
  it("is read from a file no further than there are questions", () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, "Kconfig"), 'config N\n\tint "n"\nconfig T\n\tstring "t"\n');
    writeFileSync(join(cwd, "answers"), "5\nGr\u00fc\u00dfe\nmore\nof it");
    const command = `{ "$0" "$1" kconfig conf -s --dialect linux-6.12 --oldconfig Kconfig >&2; cat; } <answers`;
    const env = cleanEnvironment({ XDG_CACHE_HOME: join(cwd, "cache") });
    const { stdout } = spawnSync("/bin/bash", ["-c", command, process.execPath, bin], { cwd, env, encoding: "utf8" });
    expect(stdout).toBe("more\nof it");
    expect(readFileSync(join(cwd, ".config"), "utf8")).toContain('CONFIG_N=5\nCONFIG_T="Gr\u00fc\u00dfe"\n');
    // At its end.
    writeFileSync(join(cwd, "answers"), "7\n");
    writeFileSync(join(cwd, ".config"), 'CONFIG_T="t"\n');
    const end = spawnSync("/bin/bash", ["-c", command, process.execPath, bin], { cwd, env, encoding: "utf8" });
    expect([end.status, end.stdout]).toEqual([0, ""]);
    expect(readFileSync(join(cwd, ".config"), "utf8")).toContain("CONFIG_N=7\n");
  });
});

describe("a Kconfig file that is a pipe", { timeout: 120_000 }, () => {
  it("is read once, whatever there is to say about it", () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, "K"), 'config A\n\tbool "a"\n\tdefault y\nconfig A\n\tint\n');
    const warning = ":4:warning: ignoring type redefinition of 'A' from 'bool' to 'int";
    for (const dialect of ["linux-6.12", "buildroot"]) {
      for (let run = 0; run < 2; run++) {
        const command = `cat K | "$0" "$1" kconfig conf --dialect ${dialect} --alldefconfig /dev/stdin`;
        const { status, stderr } = spawnSync("/bin/bash", ["-c", command, process.execPath, bin], {
          ...{ cwd, env: cleanEnvironment({ XDG_CACHE_HOME: join(cwd, "cache") }), encoding: "utf8" },
        });
        expect([status, stderr]).toEqual([0, expect.stringContaining(`/dev/stdin${warning}`)]);
        expect(readFileSync(join(cwd, ".config"), "utf8")).toContain("A=y\n");
      }
    }
  });
});
