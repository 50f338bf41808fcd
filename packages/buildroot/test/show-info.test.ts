import { describe, expect, it } from "vitest";
import { parseInfo } from "../src/show-info.js";

describe("parseInfo", () => {
  it("reads packages, host packages and file systems", () => {
    const info = parseInfo(`a makefile says hello
{ "busybox": { "type": "target", "name": "busybox", "virtual": false, "version": "1.37.0", "licenses": "GPL-2.0",
  "dl_dir": "busybox", "downloads": [ { "source": "b.tar", "uris": ["https+https://x"] } ],
  "hashes": [ "package/busybox/busybox.hash" ], "stamp_dir": "build/busybox-1.37.0",
  "dependencies": ["toolchain"], "reverse_dependencies": [] },
  "rootfs-cpio": { "type": "rootfs", "image_name": "rootfs.cpio", "dependencies": ["host-fakeroot"] } }`);
    expect(info["busybox"]).toEqual({
      type: "target",
      name: "busybox",
      version: "1.37.0",
      virtual: false,
      licenses: "GPL-2.0",
      dependencies: ["toolchain"],
      reverseDependencies: [],
      dlDir: "busybox",
      downloads: [{ source: "b.tar", uris: ["https+https://x"] }],
      hashFiles: ["package/busybox/busybox.hash"],
      overridden: false,
      overrideDir: undefined,
      recipeVersion: undefined,
      gitLfs: false,
      imageName: undefined,
      cpeId: undefined,
      ignoredCves: [],
      installSteps: [],
      packageDir: undefined,
      stampDir: "build/busybox-1.37.0",
      patches: [],
    });
    expect(info["rootfs-cpio"]).toMatchObject({ type: "rootfs", name: "rootfs-cpio", imageName: "rootfs.cpio" });
  });

  it("tells a package whose source is overridden from one whose version is called custom", () => {
    const info = parseInfo(`{ "m4": { "type": "host", "version": "1.4.20", "stamp_dir": "build/host-m4-custom" },
  "linux": { "type": "target", "version": "custom", "stamp_dir": "build/linux-custom" } }`);
    expect([info["m4"]!.overridden, info["linux"]!.overridden]).toEqual([true, false]);
    expect(info["m4"]).toMatchObject({ version: "custom", recipeVersion: "1.4.20" });
  });

  const told = (packages: Record<string, unknown>, variables: Record<string, string>) =>
    parseInfo(
      `${JSON.stringify(packages)}\n${JSON.stringify(
        Object.fromEntries(
          Object.entries(variables).map(([name, expanded]) => [name, { expanded, raw: '{ $(X) " \\' }]),
        ),
      ).replaceAll(" ", String.raw`\u0020`)}\n`,
    );

  it("knows from the makefiles' variables whose source is a folder, whose version is that of an overridden package too", () => {
    const one = (name: string, version: string, stamp: string, uri: string) => ({
      type: "target",
      name,
      version,
      stamp_dir: `build/${name}-${stamp}`,
      downloads: [{ source: `${name}-${version}.tar.xz`, uris: [uri] }],
    });
    const packages = {
      "util-linux": one("util-linux", "2.41.2", "custom", "https+https://x"),
      "util-linux-libs": one("util-linux-libs", "custom", "custom", "https+https://x"),
      linux: one("linux", "custom", "custom", "https+https://x"),
      local: one("local", "1.0", "1.0", "local+/srv/local"),
      "local-primary": one("local-primary", "1.0", "1.0", "https+https://primary.example/local-primary"),
      busybox: one("busybox", "1.37.0", "1.37.0", "https+https://x"),
    };
    const info = told(packages, {
      UTIL_LINUX_OVERRIDE_SRCDIR: "/srv/util-linux",
      UTIL_LINUX_LIBS_OVERRIDE_SRCDIR: '"/srv/util-linux"',
      LOCAL_PRIMARY_OVERRIDE_SRCDIR: "/srv/local-primary",
      BUSYBOX_OVERRIDE_SRCDIR: "",
    });
    const facts = Object.entries(info).map(([name, it]) => [
      ...[name, it.version, it.overrideDir, it.recipeVersion],
      it.downloads.map(({ source }) => source).join(),
    ]);
    expect(facts).toEqual([
      ["util-linux", "custom", "/srv/util-linux", "2.41.2", ""],
      ["util-linux-libs", "custom", "/srv/util-linux", undefined, ""],
      ["linux", "custom", undefined, undefined, "linux-custom.tar.xz"],
      ["local", "1.0", undefined, undefined, ""],
      ["local-primary", "1.0", undefined, undefined, ""],
      ["busybox", "1.37.0", undefined, undefined, "busybox-1.37.0.tar.xz"],
    ]);
    expect(Object.values(info).map(({ overridden }) => overridden)).toEqual([true, true, false, false, false, false]);
  });

  it("knows whose git repository has large files", () => {
    const packages = { "host-foo.bar": { type: "host" }, "foo.bar": { type: "target" } };
    const info = told(packages, { HOST_FOO_BAR_GIT_LFS: "YES", FOO_BAR_GIT_LFS: "" });
    expect([info["host-foo.bar"]!.gitLfs, info["foo.bar"]!.gitLfs]).toEqual([true, false]);
  });

  it.each(["", "no json", "[]", '{"a": 1}', '{"a": {"type": "other"}}'])("refuses %j", (text) => {
    expect(() => parseInfo(text)).toThrow(expect.objectContaining({ code: "INFO_INVALID" }));
  });
});
