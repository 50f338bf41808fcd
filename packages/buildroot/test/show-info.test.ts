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
  });

  it.each(["", "no json", "[]", '{"a": 1}', '{"a": {"type": "other"}}'])("refuses %j", (text) => {
    expect(() => parseInfo(text)).toThrow(expect.objectContaining({ code: "INFO_INVALID" }));
  });
});
