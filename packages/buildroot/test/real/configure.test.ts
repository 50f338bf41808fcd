import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openBuildroot, type SettingMismatch } from "../../src/index.js";
import { rejection } from "../support/errors.js";
import { env } from "../support/programs.js";
import { externalFixture, realBuildroot, realBuildrootMissing } from "../support/real.js";
import { temporaryFolder } from "../support/temporary.js";

const missing = realBuildrootMissing();

describe("real Buildroot: configuration", { timeout: 60_000 }, () => {
  it("lists Buildroot's defconfigs and those of the external tree", async (ctx) => {
    ctx.skip(missing !== undefined, missing);
    const output = join(await temporaryFolder(), "out");
    const buildroot = await openBuildroot({ buildroot: realBuildroot, output, externals: [externalFixture], env });
    const list = await buildroot.listDefconfigs();
    expect(list.length).toBeGreaterThan(200);
    expect(list.find(({ name }) => name === "qemu_x86_64_defconfig")).toEqual({
      name: "qemu_x86_64_defconfig",
      tree: undefined,
      path: join(buildroot.buildroot, "configs/qemu_x86_64_defconfig"),
    });
    expect(list.find(({ name }) => name === "ipabr_test_defconfig")).toEqual({
      name: "ipabr_test_defconfig",
      tree: "IPABR_TEST",
      path: join(externalFixture, "configs/ipabr_test_defconfig"),
    });
    expect(existsSync(output)).toBe(false);
  });

  it("configures as make does, quotes by the symbol's type and reports what was dropped", async (ctx) => {
    ctx.skip(missing !== undefined, missing);
    const folder = await temporaryFolder();
    const fragment = join(folder, "extra.fragment");
    await writeFile(fragment, "# a comment\nBR2_JLEVEL=3\nBR2_TARGET_GENERIC_ISSUE=unquoted\n");
    const output = join(folder, "out");
    const buildroot = await openBuildroot({ buildroot: realBuildroot, output, externals: [externalFixture], env });
    const asked = {
      defconfig: "ipabr_dropped",
      fragments: [fragment],
      set: { BR2_TARGET_GENERIC_HOSTNAME: "42", BR2_IPABR_TEST_TEXT: 'a "b" \\', BR2_IPABR_NOT_THERE: true },
    };
    const error = await rejection(buildroot.configure(asked));
    expect(error.code).toBe("SETTINGS_LOST");
    expect(existsSync(join(output, ".config"))).toBe(false);
    const accept = error.details["names"] as string[];
    const result = await buildroot.configure({ ...asked, accept });
    const config = await readFile(result.configPath, "utf8");
    expect(config).toContain('BR2_TARGET_GENERIC_HOSTNAME="42"\n');
    expect(config).toContain('BR2_IPABR_TEST_TEXT="a \\"b\\" \\\\"\n');
    expect(config).toContain("BR2_JLEVEL=3\n");
    const defconfig = join(externalFixture, "configs/ipabr_dropped_defconfig");
    expect(config).toContain(`BR2_DEFCONFIG="${defconfig}"\n`);
    const needs = join(externalFixture, "Config.in");
    expect(error.message.split("\n")).toEqual([
      "Buildroot drops or changes 4 settings:",
      `${defconfig}:2: BR2_IPABR_TEST_NEEDS=y: dropped. The prompt at ${needs}:10 needs BR2_IPABR_TEST_MISSING.`,
      `${defconfig}:3: BR2_NO_SUCH_SYMBOL=y: no such symbol.`,
      `${fragment}:3: BR2_TARGET_GENERIC_ISSUE=unquoted: is "Welcome to Buildroot". Text stands in double quotes in such a file.`,
      "set: BR2_IPABR_NOT_THERE=y: no such symbol. Did you mean BR2_IPABR_TEST_TEXT?",
    ]);
    expect(result.mismatches).toEqual(error.details["mismatches"]);
    expect(result.mismatches.map(({ name, reason, got }) => [name, reason, got])).toEqual([
      ["BR2_IPABR_TEST_NEEDS", "dropped", undefined],
      ["BR2_NO_SUCH_SYMBOL", "unknown", undefined],
      ["BR2_TARGET_GENERIC_ISSUE", "changed", '"Welcome to Buildroot"'],
      ["BR2_IPABR_NOT_THERE", "unknown", undefined],
    ]);
    expect(existsSync(join(output, ".config.old"))).toBe(false);
  });

  it("says what stands in the way, what to set besides, and holds with it", async (ctx) => {
    ctx.skip(missing !== undefined, missing);
    const output = join(await temporaryFolder(), "out");
    const buildroot = await openBuildroot({ buildroot: realBuildroot, output, externals: [externalFixture], env });
    const set = { BR2_PACKAGE_SYSTEMD_NETWORKD: true, BR2_PACKAGE_BASH: true, BR2_PACKAGE_HTOP_: true };
    const error = await rejection(buildroot.configure({ defconfig: "ipabr_test", set }));
    const lost = error.details["mismatches"] as SettingMismatch[];
    expect(lost.map(({ name, reason }) => [name, reason])).toEqual([
      ["BR2_PACKAGE_SYSTEMD_NETWORKD", "dropped"],
      ["BR2_PACKAGE_HTOP_", "unknown"],
    ]);
    expect(lost[0]?.why.join()).toMatch(/^The prompt at .*systemd\/Config\.in:\d+ needs .*BR2_PACKAGE_SYSTEMD \[=n\]/);
    expect(lost[1]?.why.join()).toContain("BR2_PACKAGE_HTOP");
    const besides = Object.fromEntries((lost[0]?.suggestion ?? []).map(({ name, value }) => [name, value]));
    expect(besides).toMatchObject({ BR2_INIT_SYSTEMD: "y" });
    const { BR2_PACKAGE_HTOP_: _unknown, ...known } = set;
    expect((await buildroot.configure({ defconfig: "ipabr_test", set: { ...known, ...besides } })).mismatches).toEqual(
      [],
    );
  });

  it("names settings of former releases, which Buildroot refuses only when it builds", async (ctx) => {
    ctx.skip(missing !== undefined, missing);
    const output = join(await temporaryFolder(), "out");
    const buildroot = await openBuildroot({ buildroot: realBuildroot, output, externals: [externalFixture], env });
    const legacy = await readFile(join(realBuildroot, "Config.in.legacy"), "utf8");
    const [, name] = /^config (BR2_\w+)\n\tbool .*\n\tselect BR2_LEGACY/m.exec(legacy)!;
    const error = await rejection(buildroot.configure({ defconfig: "ipabr_test", set: { [name!]: true } }));
    expect(error.message).toContain(`set: ${name}=y: of a former release. Buildroot has it no longer: `);
  });

  it("takes for replaced what belongs to something that a later source switches off, and any other loss for a loss", async (ctx) => {
    ctx.skip(missing !== undefined, missing);
    const folder = await temporaryFolder();
    const buildroot = await openBuildroot({
      buildroot: realBuildroot,
      output: join(folder, "out"),
      externals: [externalFixture],
      env,
    });
    const base = join(folder, "base.fragment");
    await writeFile(
      base,
      `BR2_TOOLCHAIN_BUILDROOT_CXX=y
BR2_PACKAGE_BUSYBOX=y
BR2_PACKAGE_BUSYBOX_INDIVIDUAL_BINARIES=y
BR2_LINUX_KERNEL=y
BR2_LINUX_KERNEL_CUSTOM_VERSION=y
BR2_LINUX_KERNEL_CUSTOM_VERSION_VALUE="6.12.91"
BR2_LINUX_KERNEL_USE_ARCH_DEFAULT_CONFIG=y
`,
    );
    const external = join(folder, "toolchain.fragment");
    await writeFile(external, "BR2_TOOLCHAIN_EXTERNAL=y\nBR2_LINUX_KERNEL_CUSTOM_TARBALL=y\n");
    const result = await buildroot.configure({ defconfig: "ipabr_test", fragments: [base, external] });
    expect(result.mismatches.map(({ name, reason, why }) => [name, reason, why])).toEqual([
      ["BR2_TOOLCHAIN_BUILDROOT_CXX", "replaced", [`BR2_TOOLCHAIN_EXTERNAL=y at ${external}:1 took its place.`]],
      [
        "BR2_LINUX_KERNEL_CUSTOM_VERSION_VALUE",
        "replaced",
        [`BR2_LINUX_KERNEL_CUSTOM_TARBALL=y at ${external}:2 took its place.`],
      ],
    ]);
    // Options of what is switched off, and theirs.
    const grub = join(folder, "grub.fragment");
    await writeFile(
      grub,
      'BR2_TARGET_GRUB2=y\nBR2_TARGET_GRUB2_X86_64_EFI=y\nBR2_TARGET_GRUB2_BUILTIN_MODULES_EFI="boot"\n',
    );
    const because = async (fragment: string, set: Record<string, boolean>) =>
      (await buildroot.configure({ defconfig: "ipabr_test", fragments: [fragment], set })).mismatches.map(
        ({ name, reason, why }) => [name, reason, why[0]],
      );
    expect(await because(base, { BR2_PACKAGE_BUSYBOX: false, BR2_LINUX_KERNEL: false })).toEqual([
      [
        "BR2_PACKAGE_BUSYBOX_INDIVIDUAL_BINARIES",
        "replaced",
        "BR2_PACKAGE_BUSYBOX=n at set:1 switches off what it belongs to.",
      ],
      ["BR2_LINUX_KERNEL_CUSTOM_VERSION", "replaced", "BR2_LINUX_KERNEL=n at set:2 switches off what it belongs to."],
      [
        "BR2_LINUX_KERNEL_CUSTOM_VERSION_VALUE",
        "replaced",
        "BR2_LINUX_KERNEL=n at set:2 switches off what it belongs to.",
      ],
      [
        "BR2_LINUX_KERNEL_USE_ARCH_DEFAULT_CONFIG",
        "replaced",
        "BR2_LINUX_KERNEL=n at set:2 switches off what it belongs to.",
      ],
    ]);
    expect(await because(grub, { BR2_TARGET_GRUB2: false })).toEqual([
      ["BR2_TARGET_GRUB2_X86_64_EFI", "replaced", "BR2_TARGET_GRUB2=n at set:1 switches off what it belongs to."],
      [
        "BR2_TARGET_GRUB2_BUILTIN_MODULES_EFI",
        "replaced",
        "BR2_TARGET_GRUB2=n at set:1 switches off what it belongs to.",
      ],
    ]);
    // A choice that costs something else its place, and an order that is the other way round.
    const python = join(folder, "python.fragment");
    await writeFile(python, "BR2_PACKAGE_PYTHON3=y\n");
    const error = await rejection(
      buildroot.configure({
        defconfig: "ipabr_test",
        fragments: [python],
        set: { BR2_TOOLCHAIN_BUILDROOT_MUSL: true, BR2_STATIC_LIBS: true },
      }),
    );
    expect(error.details["names"]).toEqual(["BR2_PACKAGE_PYTHON3"]);
    const off = join(folder, "off.fragment");
    await writeFile(off, "# BR2_TARGET_GRUB2 is not set\n");
    const late = { BR2_TARGET_GRUB2_X86_64_EFI: true };
    const second = await rejection(buildroot.configure({ defconfig: "ipabr_test", fragments: [off], set: late }));
    expect(second.details["names"]).toEqual(["BR2_TARGET_GRUB2_X86_64_EFI"]);
  });

  it("does not report a choice's member that a later setting replaced", async (ctx) => {
    ctx.skip(missing !== undefined, missing);
    const output = join(await temporaryFolder(), "out");
    const buildroot = await openBuildroot({ buildroot: realBuildroot, output, externals: [externalFixture], env });
    const result = await buildroot.configure({
      defconfig: "ipabr_test",
      // The defconfig says BR2_x86_64 and BR2_INIT_NONE.
      set: { BR2_aarch64: true, BR2_INIT_SYSV: true, BR2_TOOLCHAIN_EXTERNAL: true },
    });
    expect(result.mismatches).toEqual([]);
    expect(await readFile(result.configPath, "utf8")).toContain("BR2_aarch64=y\n");
  });

  it("gives the same .config as make itself", async (ctx) => {
    ctx.skip(missing !== undefined, missing);
    const folder = await temporaryFolder();
    const options = { buildroot: realBuildroot, externals: [externalFixture], env };
    const ours = await openBuildroot({ ...options, output: join(folder, "ours") });
    const theirs = await openBuildroot({ ...options, output: join(folder, "theirs") });
    for (const defconfig of ["ipabr_test_defconfig", "qemu_x86_64_defconfig", "raspberrypi4_64_defconfig"]) {
      expect((await ours.configure({ defconfig })).mismatches).toEqual([]);
      await theirs.make({ targets: [defconfig] });
      const [a, b] = await Promise.all([ours, theirs].map(({ output }) => readFile(join(output, ".config"), "utf8")));
      expect(a).toBe(b);
    }
  });

  it("keeps the former .config, and all of it when configuring fails", async (ctx) => {
    ctx.skip(missing !== undefined, missing);
    const folder = await temporaryFolder();
    const output = join(folder, "out");
    const buildroot = await openBuildroot({ buildroot: realBuildroot, output, externals: [externalFixture], env });
    await buildroot.configure({ defconfig: "ipabr_test_defconfig" });
    const first = await readFile(join(output, ".config"), "utf8");
    const second = await buildroot.configure({ set: { BR2_IPABR_TEST_TEXT: "second" } });
    expect(second).toMatchObject({ requested: 1, mismatches: [], previousConfig: join(output, ".config.old") });
    expect(await readFile(join(output, ".config.old"), "utf8")).toBe(first);

    const changed = await readFile(join(output, ".config"), "utf8");
    // A compiler that is none: kconfig cannot be built.
    await mkdir(join(folder, "bin"));
    await writeFile(join(folder, "bin/gcc"), "#!/bin/sh\necho 'gcc: error: no compiler' >&2\nexit 1\n", {
      mode: 0o755,
    });
    const broken = await openBuildroot({
      buildroot: realBuildroot,
      output,
      env: { ...env, PATH: `${folder}/bin:${env["PATH"]}` },
    });
    await rm(join(output, "build"), { recursive: true });
    const error = await rejection(broken.configure({ set: { BR2_IPABR_TEST_TEXT: "third" } }));
    expect(error.code).toBe("CONFIGURE_FAILED");
    expect(error.message).toContain("no compiler");
    expect(await readFile(join(output, ".config"), "utf8")).toBe(changed);
    expect(await readFile(join(output, ".config.old"), "utf8")).toBe(first);
  });

  it("refuses an unknown defconfig with the nearest names and touches nothing", async (ctx) => {
    ctx.skip(missing !== undefined, missing);
    const output = join(await temporaryFolder(), "out");
    const buildroot = await openBuildroot({ buildroot: realBuildroot, output, externals: [externalFixture], env });
    const error = await rejection(buildroot.configure({ defconfig: "ipabr_tset_defconfig" }));
    expect(error.code).toBe("DEFCONFIG_UNKNOWN");
    expect(error.hint).toContain("ipabr_test_defconfig");
    expect(existsSync(output)).toBe(false);
  });

  it("saves to an explicit path, and leaves Buildroot's own defconfig alone", async (ctx) => {
    ctx.skip(missing !== undefined, missing);
    const folder = await temporaryFolder();
    const output = join(folder, "out");
    const buildroot = await openBuildroot({ buildroot: realBuildroot, output, externals: [externalFixture], env });
    await buildroot.configure({ defconfig: "ipabr_test", set: { BR2_IPABR_TEST_TEXT: "saved" } });
    const path = join(folder, "mine_defconfig");
    const saved = await buildroot.save({ defconfig: path });
    expect(saved.written).toMatchObject([{ kind: "defconfig", path, changed: true }]);
    expect(saved.skipped.map(({ kind }) => kind)).toEqual(["linux", "busybox"]);
    const text = await readFile(path, "utf8");
    expect(text).toContain('BR2_IPABR_TEST_TEXT="saved"');
    expect(text).not.toContain("BR2_DEFCONFIG");
    await buildroot.configure({ defconfig: "qemu_x86_64_defconfig" });
    const { skipped } = await buildroot.save({ busybox: false, linux: false });
    expect(skipped).toEqual([{ kind: "defconfig", reason: expect.stringContaining("belongs to Buildroot") }]);
    const error = await rejection(buildroot.save({ defconfig: false, linux: true }));
    expect(error.code).toBe("SAVE_FAILED");
    expect(error.message).toMatch(/not configured yet|belongs to Buildroot/);
  });
});
