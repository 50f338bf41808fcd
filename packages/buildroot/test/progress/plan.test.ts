import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { packagesOf, planBuild } from "../../src/progress/plan.js";
import { expectedImageSeconds, expectedSeconds } from "../../src/progress/weights.js";
import { parseInfo } from "../../src/show-info.js";
import { temporaryFolder } from "../support/temporary.js";

const info = parseInfo(
  JSON.stringify({
    busybox: { type: "target", dependencies: ["toolchain"], stamp_dir: "build/busybox-1", install_target: true },
    linux: {
      type: "target",
      dependencies: ["toolchain", "host-kmod"],
      stamp_dir: "build/linux-6",
      install_images: true,
    },
    toolchain: { type: "target", virtual: true, dependencies: ["host-gcc-final"], stamp_dir: "build/toolchain" },
    "host-gcc-final": { type: "host", dependencies: ["host-gmp"], stamp_dir: "build/host-gcc-final-13" },
    "host-gmp": { type: "host", dependencies: [], stamp_dir: "build/host-gmp-6" },
    "host-kmod": { type: "host", dependencies: [], stamp_dir: "build/host-kmod-31" },
    "rootfs-cpio": { type: "rootfs", dependencies: ["busybox"] },
  }),
);
const all = ["busybox", "linux", "toolchain", "host-gcc-final", "host-gmp", "host-kmod"];
const nothing = { packages: new Map<string, number>(), imageSeconds: undefined };

describe("packagesOf", () => {
  it.each([
    [[], all],
    [["all"], all],
    [["rootfs-cpio"], all],
    [["busybox", "target-finalize"], all],
    [["busybox"], ["busybox", "toolchain", "host-gcc-final", "host-gmp"]],
    [["busybox-rebuild"], ["busybox", "toolchain", "host-gcc-final", "host-gmp"]],
    [
      ["host-gmp", "host-kmod-reconfigure"],
      ["host-gmp", "host-kmod"],
    ],
    [["host-unheard-of"], undefined],
    [["busybox", "busybox-menuconfig"], undefined],
    [["source"], undefined],
  ])("%j", (targets, names) => {
    expect(packagesOf(info, targets)).toEqual(names);
  });
});

describe("planBuild", () => {
  it("knows what is built already, by the stamp of its last step", async () => {
    const output = await temporaryFolder();
    await mkdir(join(output, "build/host-gmp-6"), { recursive: true });
    await writeFile(join(output, "build/host-gmp-6/.stamp_installed"), "");
    await mkdir(join(output, "build/busybox-1"), { recursive: true });
    await writeFile(join(output, "build/busybox-1/.stamp_built"), "");
    const { packages } = planBuild(output, info, [], nothing);
    expect(packages?.filter(({ done }) => done).map(({ name }) => name)).toEqual(["host-gmp"]);
  });

  it("expects of each package what it took before, else its weight", () => {
    const known = { packages: new Map([["busybox", 7.5]]), imageSeconds: 3 };
    const { packages, imageSeconds } = planBuild("/nowhere", info, [], known);
    expect(packages?.find(({ name }) => name === "busybox")).toMatchObject({
      expectedSeconds: 7.5,
      lastSteps: ["install-target"],
    });
    expect(packages?.find(({ name }) => name === "linux")).toMatchObject({
      expectedSeconds: 420,
      lastSteps: ["install-image"],
    });
    expect(imageSeconds).toBe(3);
  });

  it("expects images only where they are made", () => {
    expect(planBuild("/nowhere", info, [], nothing).imageSeconds).toBe(expectedImageSeconds);
    expect(planBuild("/nowhere", info, ["all"], nothing).imageSeconds).toBe(expectedImageSeconds);
    expect(planBuild("/nowhere", info, ["busybox"], nothing).imageSeconds).toBe(0);
    expect(planBuild("/nowhere", undefined, [], nothing).packages).toBeUndefined();
  });
});

describe("expectedSeconds", () => {
  it("tells big packages from small ones, and takes a virtual one for nothing", () => {
    expect(expectedSeconds("host-gcc-final", undefined)).toBeGreaterThan(10 * expectedSeconds("busybox", undefined));
    expect(expectedSeconds("python-pbr", undefined)).toBeLessThan(expectedSeconds("python3", undefined) / 10);
    expect(expectedSeconds("host-anything", undefined)).toBe(15);
    expect(expectedSeconds("toolchain", info["toolchain"])).toBe(1);
    expect(expectedSeconds("linux-firmware", undefined)).toBe(2);
  });
});
