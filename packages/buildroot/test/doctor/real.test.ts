import { spawnSync } from "node:child_process";
import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { diagnoseHost } from "../../src/index.js";
import { env, findProgramSync } from "../support/programs.js";
import { realBuildroot, realBuildrootMissing } from "../support/real.js";
import { keptFolder } from "../support/temporary.js";

/** What Buildroot's own check asks for by name; the path of file is fixed and cannot be hidden from it. */
const asked = [
  "which",
  "sed",
  "make",
  "gcc",
  "g++",
  "perl",
  "tar",
  "wget",
  "cpio",
  "unzip",
  "rsync",
  "bc",
  "cmp",
  "find",
  "xargs",
  "awk",
  "patch",
];

/** What the check itself, and this package's rules, run besides. */
const besides = [
  "sh",
  "bash",
  "cat",
  "cut",
  "echo",
  "printf",
  "test",
  "grep",
  "install",
  "locale",
  "head",
  "tr",
  "dirname",
  "cc",
  "c++",
  "ld",
  "as",
  "ar",
  "gzip",
  "bzip2",
  "xzcat",
  "realpath",
  "env",
  "java",
];

describe("on this machine", { timeout: 60_000 }, () => {
  let folder: Awaited<ReturnType<typeof keptFolder>>;
  let programs: string;

  beforeAll(async () => {
    folder = await keptFolder();
    programs = join(folder.path, "bin");
    await mkdir(programs);
    for (const name of [...asked, ...besides]) {
      const path = findProgramSync(name);
      if (path !== undefined) await symlink(path, join(programs, name));
    }
    await writeFile(join(folder.path, "config"), "BR2_x86_64=y\n");
  });
  afterAll(() => folder.remove());

  /** A PATH with all that this machine has but some programs. */
  async function pathWithout(names: readonly string[]): Promise<string> {
    const path = join(folder.path, `without-${names.slice(0, 3).join("-").replaceAll("+", "x")}`);
    await mkdir(path);
    for (const name of await readdir(programs)) {
      // Buildroot takes cc and c++ where gcc and g++ are not.
      const hidden =
        names.includes(name) || (names.includes("gcc") && name === "cc") || (names.includes("g++") && name === "c++");
      if (!hidden) await symlink(join(programs, name), join(path, name));
    }
    return path;
  }

  function dependencies(
    PATH: string,
    more: Readonly<Record<string, string>> = {},
  ): { readonly status: number | null; readonly said: string } {
    const { status, stdout, stderr } = spawnSync(
      "/bin/sh",
      [join(realBuildroot, "support/dependencies/dependencies.sh")],
      {
        env: {
          ...env,
          PATH,
          HOSTCC_NOCCACHE: "gcc",
          HOSTCXX_NOCCACHE: "g++",
          BR2_CONFIG: join(folder.path, "config"),
          DL_TOOLS: "",
          ...more,
        },
        encoding: "utf8",
      },
    );
    return { status, said: `${stdout}${stderr}` };
  }

  it("agrees with Buildroot's own check on every program that it asks for", async (ctx) => {
    const missing = realBuildrootMissing();
    ctx.skip(missing !== undefined, missing);
    const { problems } = await diagnoseHost({ env: { ...env, PATH: await pathWithout(asked) } });
    for (const name of asked) {
      // Buildroot takes a lack of g++ for possible.
      const severity = name === "g++" ? "warning" : "error";
      expect(problems).toContainEqual(expect.objectContaining({ id: `program:${name}`, severity }));
      const { status, said } = dependencies(await pathWithout([name]));
      expect(status !== 0 || said.includes("install 'g++'"), `${name}: ${said}`).toBe(true);
    }
  });

  it("finds no error where Buildroot's own check finds none", async (ctx) => {
    const missing = realBuildrootMissing();
    ctx.skip(missing !== undefined, missing);
    expect(dependencies(programs).status).toBe(0);
    const { problems } = await diagnoseHost({ env: { ...env, PATH: programs } });
    expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
  });

  it.for<readonly [symbol: string, ids: readonly string[], hidden: string | undefined]>([
    ["BR2_NEEDS_HOST_JAVA", ["program:java"], "java"],
    ["BR2_NEEDS_HOST_UTF8_LOCALE", ["locale", "locale:utf8"], "locale"],
    ["BR2_HOSTARCH_NEEDS_IA32_LIBS", ["ia32:libraries"], undefined],
    ["BR2_HOSTARCH_NEEDS_IA32_COMPILER", ["ia32:compiler"], undefined],
    ["BR2_NEEDS_HOST_GCC_PLUGIN_SUPPORT", ["gcc:plugins"], undefined],
  ])("agrees with Buildroot's own check on what %s asks for", async ([symbol, ids, hidden], context) => {
    context.skip(realBuildrootMissing() !== undefined, realBuildrootMissing());
    const config = join(folder.path, symbol);
    await writeFile(config, `${symbol}=y\n`);
    const paths = [programs, ...(hidden === undefined ? [] : [await pathWithout([hidden])])];
    for (const PATH of paths) {
      const { status, said } = dependencies(PATH, { BR2_CONFIG: config });
      const { problems } = await diagnoseHost({ env: { ...env, PATH }, config: `${symbol}=y\n`, notes: false });
      const errors = problems.filter(({ severity }) => severity === "error").map(({ id }) => id);
      expect(errors.every((id) => ids.includes(id))).toBe(true);
      expect(errors.length > 0, `${symbol}: ${said}`).toBe(status !== 0);
      expect([said, PATH === programs || status !== 0]).toEqual([said, true]);
    }
  });

  it("agrees with Buildroot's own check on every Perl module", { timeout: 300_000 }, async (ctx) => {
    const missing = realBuildrootMissing();
    ctx.skip(missing !== undefined, missing);
    const script = await readFile(join(realBuildroot, "support/dependencies/dependencies.sh"), "utf8");
    const modules = [...script.matchAll(/required_perl_modules(?:="|\}? )(\S+)"/g)].map(([, name]) => name!);
    expect(modules.length).toBeGreaterThan(12);
    const symbols = [...script.matchAll(/\^(BR2_[A-Za-z0-9_]+)=y/g)].map(([, name]) => name!);
    const either = ["BR2_PACKAGE_WEBKITGTK", "BR2_PACKAGE_ACE"];
    const asking = [...symbols, ...either].filter((name) => !/^BR2_(?:NEEDS|HOSTARCH)/.test(name));
    const config = `${asking.map((name) => `${name}=y`).join("\n")}\n`;
    await writeFile(join(folder.path, "perl-config"), config);
    for (const name of [...modules, "open"]) {
      // A module of this name that does not load stands before Perl's own.
      const PERL5LIB = join(folder.path, `perl-${name.replaceAll(":", "-")}`);
      const file = join(PERL5LIB, `${name.replaceAll("::", "/")}.pm`);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, `die "not here";\n`);
      const { status, said } = dependencies(programs, { PERL5LIB, BR2_CONFIG: join(folder.path, "perl-config") });
      expect([name, status, said.includes(`\t ${name}\n`)]).toEqual([name, 1, true]);
      const { problems } = await diagnoseHost({ env: { ...env, PATH: programs, PERL5LIB }, config, notes: false });
      const found = problems.filter(({ severity }) => severity === "error").map(({ id }) => id);
      expect(found).toContain(`perl:${name}`);
      // What Buildroot finds besides, since a module that is broken breaks others that use it.
      const told = [...said.matchAll(/^\t (\S+)$/gm)].map((match) => `perl:${match[1]}`);
      expect(found.sort()).toEqual(told.sort());
    }
  });

  it("tells all of several at once, and what to type", async () => {
    const PATH = await pathWithout(["bc", "cpio", "rsync"]);
    const diagnosis = await diagnoseHost({ env: { ...env, PATH }, output: join(folder.path, "out") });
    expect(
      diagnosis.problems
        .filter(({ severity }) => severity === "error")
        .map(({ id }) => id)
        .sort(),
    ).toEqual(["program:bc", "program:cpio", "program:rsync"]);
    expect(diagnosis.fix?.join(" ")).toMatch(diagnosis.manager === undefined ? /^$/ : / bc cpio rsync$/);
    expect(diagnosis.seconds).toBeLessThan(15);
  });
});
