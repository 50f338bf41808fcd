import { spawnSync } from "node:child_process";
import { mkdir, readdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
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

  function dependencies(PATH: string): { readonly status: number | null; readonly said: string } {
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
    const errors = problems.filter(({ severity }) => severity === "error").map(({ id }) => id);
    for (const name of asked) {
      expect(errors).toContain(`program:${name}`);
      // Buildroot takes a lack of g++ for possible.
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
