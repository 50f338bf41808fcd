import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createConfiguration, dialects, loadTree, recordingHost } from "../../src/index.js";
import { nodeHost, probeShell, runConfOnDisk, ShellCache } from "../../src/node.js";
import { plainCommand } from "../../src/node/plain-command.js";
import { ShellRunner } from "../../src/node/shell-runner.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kconfig-shell-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A program that notes each run in the file `runs`. */
function tool(name: string, answer: string): void {
  mkdirSync(join(folder, "bin"), { recursive: true });
  const path = join(folder, "bin", name);
  writeFileSync(path, `#!/bin/sh\necho ${name} "$@" >> ${folder}/runs\n${answer}\n`);
  chmodSync(path, 0o755);
}
const runs = (): string[] => {
  try {
    return readFileSync(join(folder, "runs"), "utf8").split("\n").slice(0, -1);
  } catch {
    return [];
  }
};
const env = (): Record<string, string> => ({ PATH: `${folder}/bin:${process.env["PATH"]}` });

describe("plain commands", () => {
  it("give what the shell gives", { timeout: 60_000 }, () => {
    const words = fc.stringMatching(/^[A-Za-z0-9_.+=! -]{0,6}$/);
    const command = fc.oneof(
      fc
        .tuple(words, fc.constantFrom("=", "!="), words, fc.constantFrom('"', ""))
        .map(
          ([left, operator, right, quote]) =>
            `{ test "${left}" ${operator} ${quote}${right}${quote}; } >/dev/null 2>&1 && echo "y" || echo "n"`,
        ),
      fc
        .tuple(fc.constantFrom("z", "n"), words)
        .map(([operator, text]) => `{ test -${operator} "${text}"; } >/dev/null 2>&1 && echo "yes" || echo ""`),
      fc
        .tuple(fc.array(words, { maxLength: 3 }), fc.integer({ min: 1, max: 4 }))
        .map(([list, index]) => `set -- ${list.join(" ")} && echo $${index}`),
    );
    let understood = 0;
    fc.assert(
      fc.property(command, (text) => {
        const answer = plainCommand(text);
        if (answer === undefined) return;
        understood++;
        expect(answer.stdout).toBe(spawnSync("/bin/sh", ["-c", text], { encoding: "latin1" }).stdout);
      }),
      { numRuns: 300 },
    );
    expect(understood).toBeGreaterThan(50);
    expect(plainCommand('{ test "$(date)" = a; } >/dev/null 2>&1 && echo "y" || echo "n"')).toBeUndefined();
  });
});

describe("ShellCache", () => {
  it("answers while the tools of a command are the same, in this environment and folder", () => {
    tool("probe", "echo one");
    const shell = (more: Record<string, string> = {}, cwd = folder) => {
      const place = { env: { ...env(), ...more }, cwd };
      return nodeHost({ shell: { ...place, cache: new ShellCache(join(folder, "cache"), place) } }).shell!("probe -x")
        .stdout;
    };
    expect([shell(), shell(), shell({ SHLVL: "7" })]).toEqual(["one\n", "one\n", "one\n"]);
    expect(runs()).toHaveLength(1);
    shell({ CC: "gcc" });
    shell({}, tmpdir());
    expect(runs()).toHaveLength(3);
    tool("probe", "echo longer than before");
    expect(shell()).toBe("longer than before\n");
  });

  it("goes on without a file that it can read or write", () => {
    tool("probe", "echo one");
    const place = { env: env(), cwd: folder };
    const ask = (cache: string) =>
      nodeHost({ shell: { ...place, cache: new ShellCache(cache, place) } }).shell!("probe").stdout;
    writeFileSync(join(folder, "file"), "");
    expect(ask(join(folder, "file"))).toBe("one\n");
    const cache = join(folder, "cache");
    ask(cache);
    const [name] = readdirSync(cache);
    writeFileSync(join(cache, name!), '{"command":"pro');
    expect(ask(cache)).toBe("one\n");
  });
});

describe("shells that run one command after the other", () => {
  const commands = [
    "echo plain",
    "printf 'no line end'",
    "printf '\\n\\n'",
    "  echo '  blanks  '  ",
    "echo \"a\\\\b $((1 + 2)) \\$x\" 'it'\\''s'",
    "echo out; echo err >&2; exit 3",
    "cat",
    'read line; echo "<$line>"',
    "head -c 300000 /dev/zero | tr '\\0' x",
    "printf '\\303\\251\\377'",
    "echo one\necho two",
    // ends the shell that it was started by, but no other program
    'read -r parent < /proc/$PPID/comm; if [ "$parent" = sh ]; then kill -9 $PPID; fi; echo after',
    "exec false",
    "# nothing",
    "unset PATH; echo $PWD",
    'echo "$command"',
    "if then",
  ];

  it("answer as a shell of its own does, in any order and any number at once", { timeout: 60_000 }, async () => {
    const place = { env: { ...env(), command: "mine" }, cwd: folder };
    const expected = commands.map((command) => {
      const { stdout, stderr, status } = spawnSync("/bin/sh", ["-c", command], {
        ...place,
        argv0: "sh",
        encoding: "latin1",
        stdio: ["ignore", "pipe", "pipe"],
      });
      return { stdout, stderr, status: status ?? 1 };
    });
    for (const jobs of [1, 3, 40]) {
      const runner = new ShellRunner(place, jobs, undefined);
      const answers = await Promise.all([...commands, ...commands].map((command) => runner.run(command)));
      runner.close();
      expect(answers).toEqual([...expected, ...expected]);
    }
  });

  it("tell of a folder that is not there", async () => {
    const runner = new ShellRunner({ env: env(), cwd: join(folder, "none") }, 2, undefined);
    await expect(runner.run("echo")).rejects.toMatchObject({ code: "SHELL_UNAVAILABLE" });
    runner.close();
  });
});

describe("probeShell", () => {
  const tree = `first := $(shell,probe a)
second := $(shell,probe b $(first))
config A
	string "$(shell,probe c)"
	default "$(second)" if $(shell,probe d) = "D"
source "$(shell,probe e)"
`;
  const load = async (jobs: number): Promise<string[]> => {
    const place = { env: env(), cwd: folder };
    const options = { root: join(folder, "Kconfig"), host: nodeHost(), dialect: dialects.linux, env: env() };
    const answers = await probeShell({ ...options, shell: place, jobs });
    const { shell: _, ...noShell } = nodeHost();
    const loaded = loadTree({ ...options, host: recordingHost(noShell, answers) });
    const configuration = createConfiguration(loaded);
    return loaded.symbols.map(({ name }) => `${name}=${configuration.value(name)}`);
  };

  it("gives all answers that reading needs, those that hang on others too, each command run once", async () => {
    tool(
      "probe",
      'case "$1" in a) echo one;; b) echo "two $2";; c) echo prompt;; d) echo D;; e) echo more;; f) echo y;; esac',
    );
    writeFileSync(join(folder, "Kconfig"), tree);
    writeFileSync(join(folder, "more"), "config B\n\tdef_bool $(shell,probe f)\n");
    for (const jobs of [1, 8]) {
      rmSync(join(folder, "runs"), { force: true });
      expect(await load(jobs)).toEqual(["A=two one", "B=y"]);
      expect(runs().sort()).toEqual(["probe a", "probe b one", "probe c", "probe d", "probe e", "probe f"]);
    }
  });

  it("ends when its signal is aborted", async () => {
    tool("probe", "sleep 30");
    writeFileSync(join(folder, "Kconfig"), "x := $(shell,probe a)\n");
    const signal = AbortSignal.timeout(300);
    const options = { root: join(folder, "Kconfig"), host: nodeHost(), dialect: dialects.linux, env: env() };
    await expect(probeShell({ ...options, shell: { env: env(), cwd: folder }, jobs: 2, signal })).rejects.toMatchObject(
      { code: "ABORTED" },
    );
  });

  it("ends when its signal is aborted while files are gone through and commands run", async () => {
    tool("probe", "sleep 30");
    writeFileSync(join(folder, "Kconfig"), 'x := $(shell,probe a)\nsource "slow"\nsource "last"\n');
    writeFileSync(join(folder, "slow"), "");
    writeFileSync(join(folder, "last"), "");
    const controller = new AbortController();
    const read: string[] = [];
    const host = {
      readFile(path: string): string | undefined {
        read.push(path.slice(folder.length + 1));
        // longer than any turn
        for (const end = performance.now() + 50; performance.now() < end;);
        if (path.endsWith("slow")) controller.abort();
        return nodeHost().readFile(path);
      },
    };
    const options = { root: join(folder, "Kconfig"), host, dialect: dialects.linux, env: env() };
    await expect(
      probeShell({ ...options, shell: { env: env(), cwd: folder }, jobs: 2, signal: controller.signal }),
    ).rejects.toMatchObject({ code: "ABORTED" });
    expect(read).toEqual(["Kconfig", "slow"]);
  });

  it("serves runConfOnDisk: the second run starts nothing", async () => {
    tool("probe", "echo y");
    writeFileSync(
      join(folder, "Kconfig"),
      'config A\n\tbool "a"\n\tdefault $(shell,probe a)\n\tdepends on $(shell,probe b)\n',
    );
    const conf = async (): Promise<string> => {
      const { exitCode } = await runConfOnDisk({
        ...{ mode: "alldefconfig", root: "Kconfig", cwd: folder, env: env(), dialect: dialects.linux },
        ...{ cacheDir: join(folder, "cache"), jobs: 4 },
      });
      return `${exitCode} ${readFileSync(join(folder, ".config"), "utf8").split("\n").slice(4).join("|")}`;
    };
    expect([await conf(), await conf(), await conf()]).toEqual(Array.from({ length: 3 }, () => "0 CONFIG_A=y|"));
    expect(runs().sort()).toEqual(["probe a", "probe b"]);
    expect(readdirSync(join(folder, "cache")).sort()).toEqual(["shell", "trees"]);
  });

  it("serves runConfOnDisk without a folder for answers, and what commands complain of is told each time", async () => {
    tool("probe", 'echo "careful, $1" >&2; echo y');
    writeFileSync(
      join(folder, "Kconfig"),
      'x := $(shell,probe a)\nconfig A\n\tbool "a"\n\tdefault $(shell,probe b)\n\tdepends on $(shell,probe a)\n',
    );
    const conf = async (more: { cacheDir?: string; jobs?: number }): Promise<string> => {
      const options = {
        mode: "alldefconfig",
        root: "Kconfig",
        cwd: folder,
        env: env(),
        dialect: dialects.linux,
      } as const;
      const { stderr } = await runConfOnDisk({ ...options, ...more });
      expect(readFileSync(join(folder, ".config"), "utf8")).toContain("\nCONFIG_A=y\n");
      return stderr;
    };
    const expected = "careful, a\ncareful, b\ncareful, a\n";
    expect(await conf({ jobs: 4 })).toBe(expected);
    expect(runs().sort()).toEqual(["probe a", "probe b"]);
    const kept = { jobs: 4, cacheDir: join(folder, "cache") };
    expect([await conf(kept), await conf(kept), await conf(kept)]).toEqual([expected, expected, expected]);
    expect(runs().sort()).toEqual(["probe a", "probe a", "probe b", "probe b"]);
    expect(await conf({})).toBe(expected);
  });
});
