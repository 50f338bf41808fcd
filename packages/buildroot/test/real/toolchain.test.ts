import { execFileSync } from "node:child_process";
import { existsSync, lstatSync } from "node:fs";
import { readFile, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { layOutDebianToolchain, openBuildroot, type DebianToolchain } from "../../src/index.js";
import { danglingLinks } from "../../src/toolchain/verify.js";
import { mirrorMissing, toolchainMissing } from "../support/debian.js";
import { rejection } from "../support/errors.js";
import { env, findProgramSync } from "../support/programs.js";
import { imageFixture, realBuildroot, realBuildrootMissing, takeToolchain } from "../support/real.js";
import { keptFolder } from "../support/temporary.js";

describe("this distribution's toolchain", { timeout: 170_000 }, () => {
  let folder: Awaited<ReturnType<typeof keptFolder>>;
  let toolchain: DebianToolchain;
  let missing: string | undefined;

  beforeAll(async () => {
    folder = await keptFolder();
    missing = await toolchainMissing();
    if (missing !== undefined) return;
    try {
      toolchain = await layOutDebianToolchain({ cacheDir: join(folder.path, "cache"), env });
    } catch (error) {
      missing = mirrorMissing(error);
    }
  }, 300_000);
  afterAll(() => folder.remove());

  it("is whole: no link leads nowhere, no library stands in it twice", async (ctx) => {
    ctx.skip(missing !== undefined, missing);
    const { path, facts, fragment, fragmentPath, reused, hash } = toolchain;
    expect(reused).toBe(false);
    expect(path).toContain(hash.slice(0, 12));
    expect(await readFile(fragmentPath, "utf8")).toBe(fragment);
    expect(await danglingLinks(path)).toEqual([]);
    expect(facts).toMatchObject({ cxx: true, openmp: true, rpc: false });
    const [lib, usrLib] = await Promise.all([
      readdir(join(path, "sysroot/lib")),
      readdir(join(path, "sysroot/usr/lib")),
    ]);
    expect(lib.filter((name) => usrLib.includes(name))).toEqual([]);
    for (const name of ["libstdc++.so", "libgomp.so", "libatomic.so", "libstdc++.a", "libgomp.a", "libm.so"])
      expect(usrLib).toContain(name);
    expect(lstatSync(join(path, "sysroot/lib64")).isSymbolicLink()).toBe(true);
    expect(await readdir(path)).not.toContain(".test");
    expect((await readdir(join(folder.path, "cache"))).filter((name) => /partial|debs|lock/.test(name))).toEqual([]);
  });

  it("compiles from any folder and through a link, and keeps the host's files out", async (ctx) => {
    ctx.skip(missing !== undefined, missing);
    const source = join(folder.path, "a.cc");
    await writeFile(source, "#include <string>\nint main() { return std::string().size(); }\n");
    await symlink(join(toolchain.path, "bin/x86_64-linux-gnu-g++"), join(folder.path, "g++"));
    for (const program of ["./g++", "./cache/../g++", join(folder.path, "g++")]) {
      const output = execFileSync(program, ["a.cc", "-o", "a", "-Wl,--trace"], { cwd: folder.path, encoding: "utf8" });
      const host = output.split("\n").filter((line) => /^\(?\/(?:usr|lib)/.test(line));
      expect(host).toEqual([]);
      expect(output).toContain("/sysroot/usr/lib/");
    }
  });

  it("is reused, also where no mirror answers; a broken one is laid out anew", async (ctx) => {
    ctx.skip(missing !== undefined, missing);
    const options = { cacheDir: join(folder.path, "cache"), env };
    const started = performance.now();
    const again = await layOutDebianToolchain(options);
    expect(again).toEqual({ ...toolchain, reused: true });
    expect(performance.now() - started).toBeLessThan(10_000);
    const offline = { ...env, http_proxy: "http://127.0.0.1:9", https_proxy: "http://127.0.0.1:9" };
    expect((await layOutDebianToolchain({ ...options, env: offline, listsMaxAgeMs: 0 })).reused).toBe(true);
    await rm(join(toolchain.path, "bin/x86_64-linux-gnu-ld"));
    const [first, second] = await Promise.all([layOutDebianToolchain(options), layOutDebianToolchain(options)]);
    expect([first.reused, second.reused].sort()).toEqual([false, true]);
    expect(existsSync(join(toolchain.path, "bin/x86_64-linux-gnu-ld"))).toBe(true);
  });

  it("leaves nothing half-done when it is ended", async (ctx) => {
    ctx.skip(missing !== undefined, missing);
    const cacheDir = join(folder.path, "aborted");
    for (const phase of ["start", "download", "unpack", "verify"]) {
      const abort = new AbortController();
      const error = await rejection(
        layOutDebianToolchain({
          cacheDir,
          env,
          signal: abort.signal,
          onEvent: (event) => {
            if (event.type === "fetch" && event.phase === phase) setTimeout(() => abort.abort(), 20);
          },
        }),
      );
      expect(error.code).toBe("ABORTED");
      expect((await readdir(cacheDir)).filter((name) => /gcc|lock/.test(name))).toEqual([]);
    }
  });

  it("passes the checks of real Buildroot, which builds with it", async (ctx) => {
    ctx.skip(missing !== undefined, missing);
    const noBuildroot = realBuildrootMissing();
    ctx.skip(noBuildroot !== undefined, noBuildroot);
    const output = join(folder.path, "out");
    expect(await takeToolchain(toolchain.fragmentPath, "qemu_x86_64_defconfig", output)).toEqual([]);
    expect(existsSync(join(output, "target/lib/ld-linux-x86-64.so.2"))).toBe(true);
    expect(existsSync(join(output, "target/usr/lib/libstdc++.so.6"))).toBe(true);
    const source = join(folder.path, "b.cc");
    await writeFile(source, "#include <iostream>\nint main() { std::cout << 42; }\n");
    execFileSync(join(output, "host/bin/x86_64-linux-gnu-g++"), [source, "-o", join(folder.path, "b")]);
    expect(execFileSync(join(folder.path, "b"), { encoding: "utf8" })).toBe("42");
  });

  // From nothing to the image takes about half a minute, where nothing else is at work.
  it("builds the same image twice with real Buildroot, byte for byte", { timeout: 1_200_000 }, async (ctx) => {
    ctx.skip(missing !== undefined, missing);
    const noBuildroot = realBuildrootMissing();
    ctx.skip(noBuildroot !== undefined, noBuildroot);
    const absent = ["cpio", "fakeroot", "patchelf"].filter((name) => findProgramSync(name) === undefined);
    ctx.skip(absent.length > 0, `not installed: ${absent.join(", ")}`);
    const output = join(folder.path, "image");
    const buildroot = await openBuildroot({ buildroot: realBuildroot, output, externals: [imageFixture], env });
    await buildroot.configure({
      defconfig: "ipabr_image_defconfig",
      fragments: [toolchain.fragmentPath],
      reproducible: true,
    });
    const build = async (): Promise<readonly [image: Buffer, program: string]> => {
      const { images } = await buildroot.build().result;
      expect(images.map(({ name }) => name)).toEqual(["rootfs.cpio"]);
      const program = await readFile(join(output, "target/usr/bin/stamp"), "latin1");
      return [await readFile(images[0]!.path), /compiled ([ -~]+)/.exec(program)?.[1] ?? ""];
    };
    const [first, stamp] = await build();
    expect(first.includes("usr/bin/stamp")).toBe(true);
    await buildroot.clean();
    expect(existsSync(join(output, "build"))).toBe(false);
    const [second, again] = await build();
    expect([second.equals(first), second.length, again]).toEqual([true, first.length, stamp]);
    // When and where it was compiled is what Buildroot's release says, not this machine.
    const makefile = await readFile(join(realBuildroot, "Makefile"), "utf8");
    const epoch = Number(/^BR2_VERSION_EPOCH = (\d+)$/m.exec(makefile)?.[1]);
    const [, day, month, year, time] = new Date(epoch * 1000).toUTCString().split(" ");
    expect(stamp).toContain(`${month} ${String(Number(day)).padStart(2)} ${year} ${time} in `);
    expect(stamp).not.toContain(output);
  });
});
