import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { cannotRunMiniroot } from "../../../vitest.miniroot.js";
import { node, temporaryFolder } from "./support.js";

const folder = temporaryFolder();
const output = join(folder, "output");
const reason = cannotRunMiniroot();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("build.mjs and vm.mjs", { timeout: 600_000 }, () => {
  it("builds, and prints steps and images", async (context) => {
    context.skip(reason !== undefined, reason);
    const { code, stdout, stderr } = await node("build.mjs", "../miniroot", "miniroot_defconfig", output);
    expect(stderr).toBe("");
    expect(stdout).toMatch(/^busybox: Building$/m);
    expect(stdout).toMatch(/^built in [\d.]+ s$/m);
    expect(stdout).toMatch(/^bzImage \d+ bytes$/m);
    expect(stdout).toMatch(/^rootfs\.cpio\.xz \d+ bytes$/m);
    expect(code).toBe(0);
  });

  it("boots it, logs in, asks, stops", async (context) => {
    context.skip(reason !== undefined, reason);
    const { code, stdout, stderr } = await node("vm.mjs", join(output, "images"));
    expect(stderr).toBe("");
    expect(stdout).toMatch(/^kernel: Linux \d+\.\d+.*\naddress: 10\.0\.2\.15\nstopped: \S+\n$/);
    expect(code).toBe(0);
  });

  it("explains a failing build", async (context) => {
    context.skip(reason !== undefined, reason);
    const external = join(folder, "external");
    mkdirSync(join(external, "configs"), { recursive: true });
    writeFileSync(join(external, "external.desc"), "name: FAILING\n");
    writeFileSync(join(external, "Config.in"), "");
    writeFileSync(join(external, "external.mk"), "");
    writeFileSync(join(external, "post.sh"), "#!/bin/sh\necho this is why >&2\nexit 1\n", { mode: 0o755 });
    writeFileSync(
      join(external, "configs/failing_defconfig"),
      'BR2_ROOTFS_POST_BUILD_SCRIPT="$(BR2_EXTERNAL_FAILING_PATH)/post.sh"\n',
    );
    const { code, stderr } = await node(
      "build.mjs",
      "../miniroot",
      "failing_defconfig",
      join(folder, "failing"),
      external,
    );
    expect(stderr).toContain("this is why");
    expect(stderr).toMatch(/^log: \/.*\.log$/m);
    expect(code).toBe(1);
  });
});
