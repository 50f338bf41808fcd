import { execFileSync } from "node:child_process";
import { existsSync, lstatSync } from "node:fs";
import { readFile, readdir, readlink, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { layOutDebianToolchain, type DebianToolchain } from "../../src/index.js";
import { danglingLinks } from "../../src/toolchain/verify.js";
import { mirrorMissing, toolchainMissing } from "../support/debian.js";
import { env } from "../support/programs.js";
import { realBuildrootMissing, takeToolchain } from "../support/real.js";
import { keptFolder } from "../support/temporary.js";

/** The machine of an ELF file, as elf.h numbers it. */
const machineOf = async (path: string): Promise<number> => (await readFile(path)).readUInt16LE(18);
const x86_64 = 62;
const aarch64 = 183;

describe("this distribution's toolchain for aarch64", { timeout: 300_000 }, () => {
  let folder: Awaited<ReturnType<typeof keptFolder>>;
  let toolchain: DebianToolchain;
  let missing: string | undefined;

  const options = () => ({ architecture: "aarch64" as const, cacheDir: join(folder.path, "cache"), env });

  beforeAll(async () => {
    folder = await keptFolder();
    missing = await toolchainMissing("aarch64");
    if (missing !== undefined) return;
    try {
      toolchain = await layOutDebianToolchain(options());
    } catch (error) {
      missing = mirrorMissing(error);
    }
  }, 300_000);
  afterAll(() => folder.remove());

  it("is whole: programs are the host's, libraries the target's, none of them twice", async (ctx) => {
    ctx.skip(missing !== undefined, missing);
    const { path, facts, packages, reused } = toolchain;
    expect(reused).toBe(false);
    expect(path).toMatch(/-aarch64-gcc\d+-[0-9a-f]{12}$/);
    expect(facts).toMatchObject({ cxx: true, openmp: true, rpc: false });
    expect(packages.some(({ file }) => /^libc6_.*_arm64\.deb$/.test(file))).toBe(true);
    expect(await danglingLinks(path)).toEqual([]);
    const sysroot = join(path, "sysroot");
    const [lib, usrLib] = await Promise.all([readdir(join(sysroot, "lib")), readdir(join(sysroot, "usr/lib"))]);
    expect(lib.filter((name) => usrLib.includes(name))).toEqual([]);
    for (const name of ["libstdc++.so", "libgomp.so", "libatomic.so", "libcrypt.so", "libstdc++.a", "libc.so"])
      expect(usrLib).toContain(name);
    for (const name of ["ld-linux-aarch64.so.1", "libc.so.6", "libcrypt.so.1", "libgcc_s.so.1"])
      expect(await machineOf(join(sysroot, "lib", name))).toBe(aarch64);
    expect(await readlink(join(sysroot, "lib64"))).toBe("lib");
    for (const name of ["compiler/aarch64-linux-gnu-gcc", "binutils/bin/aarch64-linux-gnu-ld"])
      expect(await machineOf(join(path, name))).toBe(x86_64);
  });

  it("compiles and strips through links, and whatever LD_LIBRARY_PATH holds", async (ctx) => {
    ctx.skip(missing !== undefined, missing);
    const run = (program: string, args: readonly string[]) =>
      execFileSync(program, args, {
        cwd: folder.path,
        encoding: "utf8",
        env: { ...env, LD_LIBRARY_PATH: "/nowhere" },
      });
    await writeFile(
      join(folder.path, "a.cc"),
      '#include <crypt.h>\n#include <iostream>\n#include <omp.h>\nint main() { std::cout << crypt("a", "ab") << omp_get_max_threads(); }\n',
    );
    for (const name of ["g++", "strip"])
      await symlink(join(toolchain.path, `bin/aarch64-linux-gnu-${name}`), join(folder.path, name));
    // Debian 13 has gold in a package of its own.
    const gold = existsSync(join(toolchain.path, "bin/aarch64-linux-gnu-ld.gold")) ? [["-fuse-ld=gold"]] : [];
    for (const flags of [[], ["-static"], ["-flto"], ...gold]) {
      const output = run("./g++", ["a.cc", "-o", "a", "-lcrypt", "-fopenmp", "-Wl,--trace", ...flags]);
      expect(output.split("\n").filter((line) => /^\(?\/(?:usr|lib)/.test(line))).toEqual([]);
      expect(await machineOf(join(folder.path, "a"))).toBe(aarch64);
      const { size } = lstatSync(join(folder.path, "a"));
      run("./strip", ["a"]);
      expect(lstatSync(join(folder.path, "a")).size).toBeLessThan(size);
    }
  });

  it("is reused, and laid out anew where its linker is gone", async (ctx) => {
    ctx.skip(missing !== undefined, missing);
    expect((await layOutDebianToolchain(options())).reused).toBe(true);
    await rm(join(toolchain.path, "binutils/bin/aarch64-linux-gnu-ld.bfd"));
    expect((await layOutDebianToolchain(options())).reused).toBe(false);
    expect((await layOutDebianToolchain(options())).reused).toBe(true);
  });

  it("passes the checks of real Buildroot, which builds with it", async (ctx) => {
    ctx.skip(missing !== undefined, missing);
    const noBuildroot = realBuildrootMissing();
    ctx.skip(noBuildroot !== undefined, noBuildroot);
    const output = join(folder.path, "out");
    expect(await takeToolchain(toolchain.fragmentPath, "qemu_aarch64_virt_defconfig", output)).toEqual([]);
    for (const name of ["lib/ld-linux-aarch64.so.1", "usr/lib/libstdc++.so.6", "usr/lib/libatomic.so.1"])
      expect(existsSync(join(output, "target", name))).toBe(true);
    const program = join(folder.path, "b");
    for (const [compiler, source] of [
      ["gcc", '#include <stdio.h>\nint main(void) { return puts("42") < 0; }\n'],
      ["g++", "#include <iostream>\nint main() { std::cout << 42; }\n"],
    ]) {
      const file = join(folder.path, compiler === "gcc" ? "b.c" : "b.cc");
      await writeFile(file, source!);
      execFileSync(join(output, `host/bin/aarch64-linux-gnu-${compiler}`), [file, "-o", program]);
      execFileSync(join(output, "host/bin/aarch64-linux-gnu-strip"), [program]);
      expect(await machineOf(program)).toBe(aarch64);
    }
  });
});
