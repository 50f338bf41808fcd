import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execFileSync, spawn } from "node:child_process";
import { spawn as spawnTerminal } from "@lydell/node-pty";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cannotRunMiniroot } from "../../../../vitest.miniroot.js";
import { bin, cleanEnvironment, externalTree, ipaBr, miniroot, startIpaBr } from "../support/ipa-br.js";

const minutes = 60_000;
const missing = cannotRunMiniroot();
let folder: string;
let output: string;
let tree: readonly string[];

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "ipa-br-job-")));
  output = join(folder, "output");
  tree = ["--buildroot", miniroot, "--external", externalTree, "--output", output];
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the main job, as typed", { timeout: 6 * minutes }, () => {
  it("list names miniroot's defconfigs and the external tree's", async () => {
    const finished = await ipaBr(["list", ...tree]);
    expect(finished.stdout).toMatch(/^IPA_BR.*\n(.*\n)*  openstack_ipa_defconfig  \(default\)/m);
    expect(finished.stdout).toContain("  miniroot_defconfig\n");
    expect(finished.code).toBe(0);
    const json = JSON.parse((await ipaBr(["list", "--json", ...tree])).stdout) as { name: string; tree?: string }[];
    expect(json).toContainEqual(expect.objectContaining({ name: "openstack_ipa_defconfig", tree: "IPA_BR" }));
  });

  it("configure writes .config, refuses what does not hold unless it is accepted, and keeps the former .config", async () => {
    const first = await ipaBr(["configure", "miniroot_defconfig", ...tree]);
    expect(first.stdout).toBe(`${output}/.config\n`);
    expect(first.code).toBe(0);
    const fragment = join(folder, "one.fragment");
    writeFileSync(fragment, '# a host name\nBR2_TARGET_GENERIC_HOSTNAME="from-fragment"\nBR2_NO_SUCH_SYMBOL=y\n');
    const refused = await ipaBr(["configure", "miniroot", ...tree, "--fragment", fragment]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain(`${fragment}:3: BR2_NO_SUCH_SYMBOL=y: no such symbol`);
    expect(refused.stderr).toContain("[SETTINGS_LOST]");
    expect(refused.stderr).toContain("--allow-mismatch SYMBOL");
    expect(readFileSync(join(output, ".config"), "utf8")).not.toContain("from-fragment");
    const accept = ["--allow-mismatch", "BR2_NO_SUCH_SYMBOL"];
    const second = await ipaBr(["configure", "miniroot", ...tree, "--fragment", fragment, ...accept]);
    expect(second.code).toBe(0);
    expect(second.stderr).toContain(`warning: ${fragment}:3: BR2_NO_SUCH_SYMBOL=y: no such symbol`);
    expect(readFileSync(join(output, ".config"), "utf8")).toContain('BR2_TARGET_GENERIC_HOSTNAME="from-fragment"\n');
    expect(existsSync(join(output, ".config.old"))).toBe(true);
  });

  it("env prints exports that a shell takes", async () => {
    const { stdout } = await ipaBr(["env", ...tree, "--dl-dir", join(folder, "dl")]);
    const seen = execFileSync(
      "sh",
      ["-c", `${stdout}\nprintf '%s|' "$BR2_UPSTREAM" "$BR2_EXTERNAL" "$BR2_OUTPUT_DIR" "$BR2_DL_DIR"`],
      {
        encoding: "utf8",
      },
    );
    expect(seen).toBe(`${miniroot}|${externalTree}|${output}|${folder}/dl|`);
  });

  it("build makes both images and prints the figures", async (context) => {
    context.skip(missing !== undefined, missing);
    const finished = await ipaBr(["build", ...tree, "--defconfig", "miniroot_defconfig"]);
    expect(finished.stderr).toMatch(/\[ +\d+\.\d s\] (?:.*: )?busybox .* Building/);
    expect(finished.stderr).toMatch(/^host: \d+ checks, /m);
    expect(finished.stdout).toMatch(/^Built in (?:\d+ min )?[\d.]+ s$/m);
    expect(finished.stdout).toMatch(/images\/bzImage +[\d.]+ MiB/);
    expect(finished.code).toBe(0);
    expect(readdirSync(join(output, "images"))).toEqual(expect.arrayContaining(["bzImage", "rootfs.cpio.xz"]));
    expect(statSync(join(output, "images/rootfs.cpio.xz")).size).toBeGreaterThan(500_000);
  });

  it("build --json prints one event a line, closed by the result", async (context) => {
    context.skip(missing !== undefined, missing);
    const { stdout, code } = await ipaBr(["build", "--json", ...tree]);
    const events = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { type: string });
    expect(events.slice(0, 3).map(({ type }) => type)).toEqual(["host", "progress", "command"]);
    expect(events.at(-1)).toMatchObject({
      type: "built",
      images: expect.arrayContaining([expect.objectContaining({ name: "bzImage" })]),
    });
    expect(code).toBe(0);
  });

  it("run --show-command prints a line that a shell runs", async (context) => {
    context.skip(missing !== undefined, missing);
    const { stdout, code } = await ipaBr(["run", "--show-command", "--accel", "tcg", ...tree]);
    expect(stdout).toMatch(/^\S*qemu-system-x86_64 .*-m 1024.*e1000.*\n$/);
    expect(stdout).toContain(`${output}/images/bzImage`);
    expect(code).toBe(0);
  });

  it("run --until-login sees the prompt", async (context) => {
    context.skip(missing !== undefined, missing);
    const finished = await ipaBr(["run", "--until-login", ...tree]);
    expect(finished.stdout).toMatch(/login: *\n+Login prompt after (?:\d+ min )?[\d.]+ s \((kvm|tcg)\)\.\n$/);
    expect(finished.code).toBe(0);
  });

  it("build keeps the configuration that is there, and adds what is typed", async (context) => {
    context.skip(missing !== undefined, missing);
    const kept = ["--buildroot", miniroot, "--external", externalTree, "--output", join(folder, "kept")];
    const config = () => readFileSync(join(folder, "kept/.config"), "utf8");
    await ipaBr(["configure", "miniroot_defconfig", ...kept, "--set", "BR2_TARGET_GENERIC_HOSTNAME=mine"]);
    const env = cleanEnvironment({ IPA_BR_SET: "BR2_TARGET_GENERIC_HOSTNAME=elsewhere" });
    expect((await ipaBr(["build", "skeleton", ...kept], { env })).code).toBe(0);
    expect(config()).toContain('BR2_TARGET_GENERIC_HOSTNAME="mine"\n');
    const typed = await ipaBr(["build", "skeleton", "--set", "BR2_TARGET_GENERIC_ISSUE=hello", ...kept]);
    expect(typed.stderr).toContain("Configured the present configuration");
    expect(config()).toContain('BR2_TARGET_GENERIC_HOSTNAME="mine"\n');
    expect(config()).toContain('BR2_TARGET_GENERIC_ISSUE="hello"\n');
  });

  it("a reader that goes away ends a build in order", async (context) => {
    context.skip(missing !== undefined, missing);
    const early = ["--buildroot", miniroot, "--external", externalTree, "--output", join(folder, "early")];
    const child = startIpaBr(["build", "--verbose", "--defconfig", "miniroot_defconfig", ...early]);
    await once(child.stderr!, "data");
    child.stderr!.destroy();
    await once(child, "close");
    expect(child.exitCode).toBe(130);
    expect(existsSync(join(folder, "early/ipa-br/lock"))).toBe(false);
  });

  it("make takes no variable that has an option of its own", async () => {
    const finished = await ipaBr(["make", `O=${folder}/elsewhere`, "list-defconfigs", ...tree]);
    expect(finished.code).toBe(2);
    expect(finished.stderr).toContain("[SETTING_INVALID]");
    expect(existsSync(join(folder, "elsewhere"))).toBe(false);
  });

  it("run without a terminal shows the console, types what comes in, and ends with the machine", async (context) => {
    context.skip(missing !== undefined, missing);
    const child = spawn(process.execPath, [bin, "run", ...tree], { cwd: "/", env: cleanEnvironment() });
    let shown = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      const before = shown;
      shown += text;
      if (!before.includes("login: ") && shown.includes("login: ")) child.stdin.write("root\n");
      if (!before.includes("\n# ") && shown.includes("\n# ")) child.stdin.end("poweroff\n");
    });
    await once(child, "close");
    expect(shown).toContain("login: ");
    expect(shown).toMatch(/reboot: Power down/);
    expect(child.exitCode).toBe(0);
  });

  it("run --until-login is no success where the kernel ends first", async (context) => {
    context.skip(missing !== undefined, missing);
    const finished = await ipaBr(["run", "--until-login", "--append", "init=/absent rdinit=/absent panic=-1", ...tree]);
    expect(finished.stdout).not.toContain("Login prompt after");
    expect(finished.stderr).toMatch(/\[(KERNEL_PANIC|LOGIN_NOT_SEEN)\]/);
    expect(finished.code).toBe(1);
  });

  it("run on a terminal: log in, ask, leave with Ctrl-a x", async (context) => {
    context.skip(missing !== undefined, missing);
    const terminal = spawnTerminal(process.execPath, [bin, "run", ...tree], {
      cols: 100,
      rows: 30,
      env: cleanEnvironment(),
    });
    let screen = "";
    const seen = (pattern: RegExp) =>
      new Promise<void>((resolve, reject) => {
        terminal.onExit(({ exitCode }) => reject(new Error(`ended with ${exitCode} before ${pattern}: ${screen}`)));
        const look = () => {
          if (!pattern.test(screen)) return;
          subscription.dispose();
          resolve();
        };
        const subscription = terminal.onData(look);
        look();
      });
    terminal.onData((data) => {
      screen += data;
    });
    const ended = new Promise<number>((resolve) => terminal.onExit(({ exitCode }) => resolve(exitCode)));
    await seen(/login: /);
    terminal.write("root\r");
    await seen(/# \S*$/);
    terminal.write("echo $((6 * 7))answer\r");
    await seen(/42answer/);
    terminal.write("\u0001x");
    expect(await ended).toBe(0);
  });

  it("make passes the terminal through", async () => {
    const external = join(folder, "terminal");
    mkdirSync(external);
    writeFileSync(join(external, "external.desc"), "name: TERMINAL\ndesc: asks whether there is one\n");
    writeFileSync(join(external, "Config.in"), "");
    writeFileSync(
      join(external, "external.mk"),
      "terminal-check:\n\t@test -t 0 && test -t 1 && stty size && echo TERM is $$TERM\n",
    );
    const where = ["--buildroot", miniroot, "--external", external, "--output", join(folder, "tty")];
    await ipaBr(["configure", "miniroot_defconfig", ...where]);
    const args = [bin, "make", "terminal-check", ...where];
    const terminal = spawnTerminal(process.execPath, args, {
      name: "xterm-256color",
      cols: 91,
      rows: 37,
      env: cleanEnvironment(),
    });
    let screen = "";
    terminal.onData((data) => {
      screen += data;
    });
    const code = await new Promise<number>((resolve) => terminal.onExit(({ exitCode }) => resolve(exitCode)));
    expect(screen).toContain("37 91\r\nTERM is xterm-256color");
    expect(code).toBe(0);
  });

  it("save writes the minimal defconfig where it is told to", async () => {
    const file = join(folder, "mine_defconfig");
    await ipaBr(["configure", "miniroot_defconfig", ...tree, "--set", "BR2_TARGET_GENERIC_HOSTNAME=saved"]);
    const finished = await ipaBr(["save", "--defconfig", file, ...tree]);
    expect(finished.stdout).toMatch(new RegExp(`defconfig +written +${file}`));
    expect(readFileSync(file, "utf8")).toContain('BR2_TARGET_GENERIC_HOSTNAME="saved"\n');
    expect(finished.code).toBe(0);
  });

  it("a failing build names package or step and cause, and the log; nothing is lost", async (context) => {
    context.skip(missing !== undefined, missing);
    const failing = join(folder, "failing");
    const script = join(folder, "post-build.sh");
    writeFileSync(script, "#!/bin/sh\necho 'post-build: the cause is here' >&2\nexit 3\n", { mode: 0o755 });
    const args = ["--buildroot", miniroot, "--external", externalTree, "--output", failing];
    const finished = await ipaBr([
      "build",
      "--defconfig",
      "miniroot_defconfig",
      "--set",
      `BR2_ROOTFS_POST_BUILD_SCRIPT=${script}`,
      ...args,
    ]);
    expect(finished.code).toBe(1);
    expect(finished.stderr).toContain("[BUILD_FAILED]");
    expect(finished.stderr).toMatch(/the cause is here/);
    const log = /log: (\S+)/.exec(finished.stderr)?.[1] ?? "";
    expect(readFileSync(log, "utf8")).toContain("the cause is here");
    writeFileSync(script, "#!/bin/sh\nexit 0\n", { mode: 0o755 });
    const resumed = await ipaBr(["build", ...args]);
    expect(resumed.code).toBe(0);
  });

  it("two builds in one output folder: the second is told who holds it; Ctrl+C ends the first cleanly", async (context) => {
    context.skip(missing !== undefined, missing);
    const shared = join(folder, "shared");
    const started = join(folder, "started");
    const script = join(folder, "slow.sh");
    writeFileSync(script, `#!/bin/sh\necho $$ > ${started}\nexec sleep 300\n`, { mode: 0o755 });
    const args = ["--buildroot", miniroot, "--external", externalTree, "--output", shared];
    const first = startIpaBr([
      "build",
      "--defconfig",
      "miniroot_defconfig",
      "--set",
      `BR2_ROOTFS_POST_BUILD_SCRIPT=${script}`,
      ...args,
    ]);
    let err = "";
    first.stderr!.setEncoding("utf8").on("data", (text: string) => (err += text));
    const closed = once(first, "close");
    while (!existsSync(started) && first.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 50));

    const second = await ipaBr(["build", ...args]);
    expect(second.code).toBe(5);
    expect(second.stderr).toContain(`${first.pid}`);
    expect(second.stderr).toContain("[LOCKED]");

    first.kill("SIGINT");
    await closed;
    expect(first.exitCode).toBe(130);
    expect(err).toMatch(/\[ABORTED\][^]*the same command again/);
    const sleeper = Number(readFileSync(started, "utf8"));
    expect(() => process.kill(sleeper, 0)).toThrow("ESRCH");
  });

  it("--unique builds side by side", async () => {
    mkdirSync(join(folder, "many"));
    const args = [
      "configure",
      "miniroot_defconfig",
      "--buildroot",
      miniroot,
      "--output",
      join(folder, "many"),
      "--unique",
    ];
    const [one, two] = await Promise.all([ipaBr(args), ipaBr(args)]);
    expect([one.code, two.code]).toEqual([0, 0]);
    expect(one.stdout).not.toBe(two.stdout);
    expect(one.stderr).toContain(`export BR2_OUTPUT_DIR=${join(one.stdout.trim(), "..")}`);
    expect(readdirSync(join(folder, "many"))).toHaveLength(2);
  });

  it("clean removes the images and keeps the configuration", async () => {
    const finished = await ipaBr(["clean", ...tree]);
    expect(finished.code).toBe(0);
    expect(existsSync(join(output, "images/bzImage"))).toBe(false);
    expect(existsSync(join(output, ".config"))).toBe(true);
  });
});
