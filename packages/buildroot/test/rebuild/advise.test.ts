import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { advise } from "../../src/rebuild/advise.js";
import { type Change, fileChanges, packageChanges, symbolChanges } from "../../src/rebuild/changes.js";
import type { RebuildContext, RebuildPackage } from "../../src/rebuild/effects.js";
import type { RebuildAction, RebuildLevel, RebuildReason } from "../../src/types.js";

const plain: RebuildPackage = { users: [], built: true, localSource: false, kconfig: false };

/** Which Config.in files define a symbol and which makefiles name it. */
const symbols: Readonly<Record<string, readonly [defined: readonly string[], read: readonly string[]]>> = {
  BR2_x86_nehalem: [["arch/Config.in.x86"], []],
  BR2_TOOLCHAIN_EXTERNAL: [["toolchain/Config.in"], ["toolchain/toolchain/toolchain.mk"]],
  BR2_OPTIMIZE_3: [["Config.in"], ["package/Makefile.in"]],
  BR2_UNREAD: [["Config.in"], []],
  BR2_TARGET_ROOTFS_CPIO_XZ: [["fs/cpio/Config.in"], ["fs/cpio/cpio.mk"]],
  BR2_TARGET_ROOTFS_INITRAMFS: [["fs/initramfs/Config.in"], ["linux/linux.mk"]],
  BR2_TARGET_GENERIC_HOSTNAME: [
    ["system/Config.in"],
    ["package/systemd/systemd.mk", "package/skeleton-init-common/skeleton-init-common.mk"],
  ],
  BR2_TARGET_GENERIC_GETTY: [["system/Config.in"], ["package/busybox/busybox.mk"]],
  BR2_SYSTEM_ENABLE_NLS: [["system/Config.in"], []],
  BR2_PACKAGE_LIB_TLS: [["package/lib/Config.in"], ["package/lib/lib.mk"]],
  BR2_PACKAGE_EXTRA: [["package/extra/Config.in"], ["package/app/app.mk"]],
  BR2_PACKAGE_BASH: [["package/bash/Config.in"], ["Makefile"]],
  BR2_LINUX_KERNEL_CUSTOM_CONFIG_FILE: [["linux/Config.in"], ["linux/linux.mk"]],
  BR2_LINUX_KERNEL_CUSTOM_TARBALL_LOCATION: [["linux/Config.in"], ["linux/linux.mk"]],
  BR2_PACKAGE_LOCAL_X: [["/ext/package/local/Config.in"], ["/ext/package/local/local.mk"]],
};

const packages: Readonly<Record<string, RebuildPackage>> = {
  lib: { ...plain, users: ["app"] },
  app: { ...plain, users: ["top"] },
  top: plain,
  systemd: plain,
  busybox: { ...plain, kconfig: true },
  linux: { ...plain, users: ["module"], kconfig: true },
  module: plain,
  local: { ...plain, localSource: true },
  unbuilt: { ...plain, built: false },
  "skeleton-init-common": { ...plain, users: ["lib"] },
};

const below = (path: string): string => (path.startsWith("/") ? path : `/br/${path}`);
const folderOf = (name: string): string =>
  ({ linux: "/br/linux", local: "/ext/package/local" })[name] ?? `/br/package/${name}`;

const context: RebuildContext = {
  buildroot: "/br",
  output: "/out",
  externals: new Map([["EXT", "/ext"]]),
  values: new Map([
    ["BR2_GLOBAL_PATCH_DIR", '"$(BR2_EXTERNAL_EXT_PATH)/patches"'],
    ["BR2_ROOTFS_OVERLAY", '"$(BR2_EXTERNAL_EXT_PATH)/board/overlay"'],
    ["BR2_ROOTFS_POST_BUILD_SCRIPT", '"$(BR2_EXTERNAL_EXT_PATH)/board/post-build.sh"'],
    ["BR2_LINUX_KERNEL_CUSTOM_CONFIG_FILE", '"$(BR2_EXTERNAL_EXT_PATH)/board/linux.config"'],
  ]),
  definedIn: (symbol) => (symbols[symbol]?.[0] ?? []).map(below),
  readersOf: (symbol) => (symbols[symbol]?.[1] ?? []).map(below),
  makefilesNaming: (path) => (path.startsWith("/ext/src/local/") ? ["/ext/package/local/local.mk"] : []),
  packagesIn: (folder) => Object.keys(packages).filter((name) => folderOf(name) === folder),
  packages: new Map(Object.entries(packages)),
};

const symbol = (name: string, before?: string, after?: string): Change => ({ kind: "symbol", name, before, after });
const file = (path: string, fate: "added" | "removed" | "changed" = "changed"): Change => ({
  kind: "file",
  path: `/ext/${path}`,
  fate,
});
const facts = (stampDir: string, dependencies: readonly string[] = [], patches: readonly string[] = []) => ({
  version: "1",
  stampDir,
  packageDir: "package/x",
  dependencies,
  patches,
});

function summary(...changes: readonly Change[]): string {
  const { level, canWait, packages: named } = advise(changes, [], context);
  return [level, ...(canWait ? ["(can wait)"] : []), ...named.map((one) => `${one.package}-${one.action}`)].join(" ");
}

describe("advice on what to make anew", () => {
  it.each([
    ["BR2_DL_DIR", "nothing"],
    ["BR2_JLEVEL", "nothing"],
    ["BR2_UNREAD", "nothing"],
    ["BR2_PACKAGE_UNBUILT_X", "nothing"],
    ["BR2_x86_nehalem", "clean"],
    ["BR2_TOOLCHAIN_EXTERNAL", "clean"],
    ["BR2_OPTIMIZE_3", "clean"],
    ["BR2_PER_PACKAGE_DIRECTORIES", "clean"],
    ["BR2_REPRODUCIBLE", "clean"],
    ["BR2_INIT_SYSTEMD", "clean"],
    ["BR2_ROOTFS_SKELETON_CUSTOM", "clean"],
    ["BR2_SYSTEM_ENABLE_NLS", "clean"],
    ["BR2_TARGET_ROOTFS_CPIO_XZ", "image"],
    ["BR2_ROOTFS_OVERLAY", "image"],
    ["BR2_ROOTFS_USERS_TABLES", "image"],
    ["BR2_TARGET_GENERIC_GETTY", "image"],
    ["BR2_PACKAGE_BASH", "image"],
    ["BR2_TARGET_GENERIC_HOSTNAME", "packages systemd-dirclean"],
    ["BR2_TARGET_ROOTFS_INITRAMFS", "packages linux-reconfigure module-dirclean"],
    ["BR2_PACKAGE_LIB_TLS", "packages app-dirclean lib-dirclean top-dirclean"],
    ["BR2_PACKAGE_EXTRA", "packages app-dirclean top-dirclean"],
    ["BR2_LINUX_KERNEL_CUSTOM_CONFIG_FILE", "packages linux-reconfigure module-dirclean"],
    ["BR2_LINUX_KERNEL_CUSTOM_TARBALL_LOCATION", "packages linux-dirclean module-dirclean"],
    ["BR2_PACKAGE_LOCAL_X", "packages local-reconfigure"],
  ])("%s: %s", (name, expected) => {
    expect(summary(symbol(name, undefined, "y"))).toBe(expected);
  });

  it("tells what is taken out of the target folder from what comes back", () => {
    expect(summary(symbol("BR2_STRIP_strip", undefined, "y"))).toBe("image");
    expect(summary(symbol("BR2_STRIP_strip", "y"))).toBe("clean (can wait)");
    expect(summary(symbol("BR2_ROOTFS_OVERLAY", '"/a /b"', '"/a"'))).toBe("clean (can wait)");
    expect(summary(symbol("BR2_TARGET_GENERIC_HOSTNAME", '"a"', '""'))).toBe("clean (can wait)");
  });

  it.each([
    ["README.md", "nothing"],
    ["configs/x_defconfig", "nothing"],
    ["Config.in", "nothing"],
    ["package/local/local.hash", "nothing"],
    ["package/absent/absent.mk", "nothing"],
    ["board/overlay/etc/motd", "image"],
    ["board/post-build.sh", "image"],
    ["board/lib.sh", "image"],
    ["external.mk", "clean"],
    ["board/linux.config", "packages linux-reconfigure module-dirclean"],
    ["patches/linux/6.12/0001-x.patch", "packages linux-dirclean module-dirclean"],
    ["patches/lib/0001-x.patch", "packages app-dirclean lib-dirclean top-dirclean"],
    ["patches/lib/lib.hash", "nothing"],
    ["patches/unbuilt/0001-x.patch", "nothing"],
    ["package/local/local.mk", "packages local-dirclean"],
    ["package/local/S99local", "packages local-dirclean"],
    ["src/local/main.c", "packages local-rebuild"],
  ])("the file %s: %s", (path, expected) => {
    expect(summary(file(path))).toBe(expected);
  });

  it("a file that is gone: copies of it are not", () => {
    expect(summary(file("board/overlay/etc/motd", "removed"))).toBe("clean (can wait)");
    expect(summary(file("src/local/main.c", "removed"))).toBe("packages local-dirclean");
  });

  it("packages that are added, removed, patched, of another version, with another library", () => {
    const changed = (
      before: Parameters<typeof packageChanges>[0],
      after: Parameters<typeof packageChanges>[1],
    ): string => summary(...packageChanges(before, after));
    const lib = facts("build/lib-1");
    expect(changed({}, { lib })).toBe("nothing");
    expect(changed({ gone: lib }, {})).toBe("clean (can wait)");
    expect(changed({ "host-gone": lib }, {})).toBe("nothing");
    expect(changed({ lib }, { lib: facts("build/lib-2") })).toBe("packages app-dirclean top-dirclean");
    expect(changed({ lib }, { lib: facts("build/lib-1", [], ["0001-x.patch"]) })).toBe(
      "packages app-dirclean lib-dirclean top-dirclean",
    );
    expect(changed({ top: lib }, { top: facts("build/lib-1", ["extra", "host-tar"]) })).toBe("packages top-dirclean");
    expect(changed({ top: lib }, { top: facts("build/lib-1", ["host-tar"]) })).toBe("nothing");
    expect(changed({ "skeleton-init-common": lib }, { "skeleton-init-common": facts("build/lib-1", ["x"]) })).toBe(
      "clean",
    );
  });

  it("compares through what make has built in between", () => {
    const row = (...texts: readonly (readonly (readonly [string, string])[])[]) =>
      symbolChanges(texts.map((one) => new Map(one)));
    expect(row([["A", "y"]], [["A", "y"]])).toEqual([]);
    expect(row([["A", "n"]], [])).toEqual([]);
    expect(row([["A", "y"]], [["A", "n"]], [["A", "y"]])).toEqual([symbol("A", undefined, "y")]);
    expect(fileChanges(new Map([["a", "1"]]), new Map([["b", "1"]])).map((one) => one.fate)).toEqual([
      "added",
      "removed",
    ]);
  });

  it("never asks for less where more has changed", () => {
    const pool: readonly Change[] = [
      ...Object.keys(symbols).map((name) => symbol(name, undefined, "y")),
      ...["BR2_JLEVEL", "BR2_STRIP_strip", "BR2_ROOTFS_OVERLAY", "BR2_INIT_NONE"].map((name) => symbol(name, "y")),
      ...[
        "README.md",
        "board/overlay/x",
        "board/linux.config",
        "src/local/a.c",
        "patches/lib/1.patch",
        "external.mk",
      ].map((path) => file(path, "changed")),
      file("src/local/a.c", "removed"),
      ...packageChanges(
        { lib: facts("build/lib-1"), gone: facts("build/gone-1"), top: facts("build/top-1") },
        { lib: facts("build/lib-2"), top: facts("build/top-1", ["extra"]) },
      ),
      { kind: "release", before: "1", after: "2" },
    ];
    const owed: readonly RebuildReason[] = [
      { change: "x", level: "packages", package: "local", action: "dirclean", why: "y", section: "z" },
      { change: "x", level: "clean", canWait: true, why: "y", section: "z" },
    ];
    const levels: readonly RebuildLevel[] = ["nothing", "image", "packages", "clean"];
    const actions: readonly RebuildAction[] = ["rebuild", "reconfigure", "dirclean"];
    const urgency = ({ level, canWait }: ReturnType<typeof advise>): number =>
      2 * levels.indexOf(level) + (level === "clean" && !canWait ? 1 : 0);
    fc.assert(
      fc.property(
        fc.subarray([...pool]),
        fc.subarray([...pool]),
        fc.subarray([...owed]),
        fc.subarray([...owed]),
        (some, more, due, moreDue) => {
          const less = advise(some, due, context);
          const all = advise([...new Set([...some, ...more])], [...new Set([...due, ...moreDue])], context);
          expect(urgency(all)).toBeGreaterThanOrEqual(urgency(less));
          for (const { package: name, action } of less.packages) {
            const same = all.packages.find((one) => one.package === name);
            expect(same).toBeDefined();
            expect(actions.indexOf(same!.action)).toBeGreaterThanOrEqual(actions.indexOf(action));
          }
        },
      ),
    );
  });
});
