import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { openBuildroot, type RebuildAdvice } from "../../src/index.js";
import { env, findProgramSync } from "../support/programs.js";
import { writeTree } from "../support/small-tree.js";
import { temporaryFolder } from "../support/temporary.js";

const miniroot = fileURLToPath(new URL("../../../../examples/miniroot", import.meta.url));
const program = ["cpio", "ldd"].find((name) => findProgramSync(name) === undefined);
const missing = existsSync("/bin/busybox") ? program : "/bin/busybox (apt-get install busybox-static)";

describe("miniroot: what is made anew after a change", { timeout: 120_000 }, () => {
  it("has the same image in the end as a build from clean", async (ctx) => {
    ctx.skip(missing !== undefined, `${missing} is missing`);
    const folder = await temporaryFolder();
    await writeTree(folder, {
      "external/external.desc": "name: MINE\n",
      "external/Config.in": "",
      "external/external.mk": "",
      "external/overlay/etc/motd": "hello\n",
      "external/post-build.sh": '#!/bin/sh\necho "$(cat "$1/etc/motd")" again > "$1/etc/issue.net"\n',
    });
    await chmod(join(folder, "external/post-build.sh"), 0o755);
    const tree = await openBuildroot({
      buildroot: miniroot,
      output: join(folder, "out"),
      externals: [join(folder, "external")],
      env,
    });
    const image = async (): Promise<string> =>
      createHash("sha256")
        .update(await readFile(join(tree.output, "images/rootfs.cpio")))
        .digest("hex");
    await tree.configure({
      defconfig: "miniroot_defconfig",
      set: {
        BR2_LINUX_KERNEL: false,
        BR2_TARGET_ROOTFS_CPIO_NONE: true,
        BR2_ROOTFS_OVERLAY: "$(BR2_EXTERNAL_MINE_PATH)/overlay",
        BR2_ROOTFS_POST_BUILD_SCRIPT: "$(BR2_EXTERNAL_MINE_PATH)/post-build.sh",
      },
    });
    await tree.build().result;
    const first = await image();
    expect((await tree.rebuildAdvice()).level).toBe("nothing");

    await writeTree(folder, { "external/overlay/etc/motd": "good morning\n" });
    expect((await tree.rebuildAdvice()).level).toBe("image");
    await tree.configure({ set: { BR2_TARGET_GENERIC_HOSTNAME: "other" } });
    const summary = ({ level, packages }: RebuildAdvice): string =>
      [level, ...packages.map(({ package: name, action }) => `${name}-${action}`)].join(" ");
    // Its skeleton writes the name when it is installed; Buildroot's does so with each make.
    expect(summary(await tree.rebuildAdvice())).toMatch(/^packages (?:busybox-dirclean )?skeleton-dirclean$/);
    await tree.build().result;
    const incremental = await image();
    expect(incremental).not.toBe(first);
    await tree.clean();
    await tree.build().result;
    expect(await image()).toBe(incremental);
  });
});
