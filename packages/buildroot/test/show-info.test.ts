import { describe, expect, it } from "vitest";
import { parseInfo } from "../src/show-info.js";

describe("parseInfo", () => {
  it("reads packages, host packages and file systems", () => {
    const info = parseInfo(`a makefile says hello
{ "busybox": { "type": "target", "name": "busybox", "virtual": false, "version": "1.37.0", "licenses": "GPL-2.0",
  "dl_dir": "busybox", "downloads": [ { "source": "b.tar", "uris": ["https+https://x"] } ],
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
      imageName: undefined,
    });
    expect(info["rootfs-cpio"]).toMatchObject({ type: "rootfs", name: "rootfs-cpio", imageName: "rootfs.cpio" });
  });

  it.each(["", "no json", "[]", '{"a": 1}', '{"a": {"type": "other"}}'])("refuses %j", (text) => {
    expect(() => parseInfo(text)).toThrow(expect.objectContaining({ code: "INFO_INVALID" }));
  });
});
