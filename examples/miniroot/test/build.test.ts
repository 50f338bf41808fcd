import { createHash } from "node:crypto";
import { existsSync, lstatSync, readFileSync } from "node:fs";
import { execFileSync, spawnSync } from "node:child_process";
import { beforeEach, describe, expect, it } from "vitest";
import { cannotBuild, findProgram } from "./support/host.js";
import { miniroot, Workshop } from "./support/workshop.js";

const reason = cannotBuild();
const busybox = existsSync("/bin/busybox")
  ? (/^BusyBox v(\S+)/.exec(spawnSync("/bin/busybox", { encoding: "utf8" }).stdout ?? "")?.[1] ?? "")
  : "";

beforeEach((context) => context.skip(reason !== undefined, reason));

function steps(output: string): string[] {
  return output.split("\n").filter((line) => line.startsWith(">>>"));
}

function sha256(file: string): string {
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}

/** Names, modes and owners in the built initramfs, as cpio lists them. */
function contents(shop: Workshop): string {
  return execFileSync(findProgram("cpio")!, ["--list", "--verbose", "--numeric-uid-gid", "--quiet"], {
    input: readFileSync(shop.path("output/images/rootfs.cpio")),
    encoding: "utf8",
  });
}

describe("a build", () => {
  it("goes through every step and ends with the images", () => {
    const shop = new Workshop();
    shop.configure();
    expect(steps(shop.make())).toEqual([
      ">>> skeleton  Installing to target",
      `>>> busybox ${busybox} Extracting`,
      `>>> busybox ${busybox} Building`,
      `>>> busybox ${busybox} Installing to target`,
      ">>> linux 6.1.0-1 Extracting",
      ">>> linux 6.1.0-1 Building",
      ">>> linux 6.1.0-1 Installing to images directory",
      ">>> linux 6.1.0-1 Installing to target",
      ">>>   Finalizing target directory",
      ">>>   Generating filesystem image rootfs.cpio.xz",
    ]);
    expect(shop.read("output/images/bzImage")).toBe("a kernel");
    expect(shop.has("output/images/rootfs.cpio.xz")).toBe(true);
    expect(shop.has(`output/build/busybox-${busybox}/.stamp_built`)).toBe(true);
    expect(shop.has("output/build/linux-6.1.0-1/.stamp_images_installed")).toBe(true);
  });

  it("packs a root filesystem that belongs to root and starts with init", () => {
    const shop = new Workshop();
    shop.configure();
    shop.make();
    const listing = contents(shop);
    expect(listing).toMatch(/^-rwxr-xr-x\s+1 0\s+0 .* init$/m);
    expect(listing).toMatch(/^-rwxr-xr-x\s+1 0\s+0 .* bin\/busybox$/m);
    expect(listing).toMatch(/^lrwxrwxrwx\s+1 0\s+0 .* sbin\/init -> \/bin\/busybox$/m);
    expect(listing.split("\n").filter((line) => line !== "" && !/^\S+\s+\d+ 0\s+0 /.test(line))).toEqual([]);
    expect(shop.read("output/target/etc/inittab")).toContain("ttyS0::respawn:/sbin/getty -L ttyS0");
    expect(shop.read("output/target/etc/passwd")).toBe("root::0:0:root:/root:/bin/sh\n");
  });

  it("puts in the modules that are asked for and those they depend on", () => {
    const shop = new Workshop();
    shop.configure();
    shop.make();
    const modules = "output/target/lib/modules/6.1.0-test";
    expect(shop.read(`${modules}/load-order`)).toBe("e1000\nfailover\nnet_failover\nvirtio_net\n");
    expect(shop.read(`${modules}/modules.dep`)).toContain(
      "kernel/drivers/net/virtio_net.ko: kernel/drivers/net/net-failover.ko kernel/net/core/failover.ko\n",
    );
  });

  it("records times, and calls the instrumentation scripts", () => {
    const shop = new Workshop();
    shop.configure();
    const hook = shop.script("hook", `echo "$@" >>${shop.path("calls")}`);
    shop.make(`BR2_INSTRUMENTATION_SCRIPTS=${hook}`);
    const calls = shop.read("calls").trim().split("\n");
    expect(calls.slice(0, 4)).toEqual([
      "start install-target skeleton",
      "end install-target skeleton",
      "start extract busybox",
      "end extract busybox",
    ]);
    expect(calls).toContain("end install-image linux");
    const times = shop.read("output/build/build-time.log").trim().split("\n");
    expect(times).toHaveLength(calls.length);
    expect(times[0]).toMatch(/^\d+\.\d{9}:start:install-target {6}: skeleton$/);
    expect(times[1]).toMatch(/^\d+\.\d{9}:end {2}:install-target {6}: skeleton$/);
  });

  it("applies overlays, then post-build scripts; post-image scripts come last", () => {
    const shop = new Workshop();
    const tree = shop.external("A");
    shop.write("A/overlay/etc/issue", "from the overlay\n");
    shop.script("A/post-build.sh", 'cat "$1/etc/issue" >"$1/etc/seen"; echo "$2 $BR2_CONFIG" >"$1/etc/argument"');
    shop.script("A/post-image.sh", 'ls "$1" >"$1/list"');
    const variable = "$(BR2_EXTERNAL_A_PATH)";
    shop.configure(
      [
        `BR2_ROOTFS_OVERLAY="${variable}/overlay"`,
        `BR2_ROOTFS_POST_BUILD_SCRIPT="${variable}/post-build.sh"`,
        `BR2_ROOTFS_POST_IMAGE_SCRIPT="${variable}/post-image.sh"`,
        'BR2_ROOTFS_POST_SCRIPT_ARGS="more"',
      ],
      `BR2_EXTERNAL=${tree}`,
    );
    expect(steps(shop.make()).slice(-5)).toEqual([
      ">>>   Finalizing target directory",
      `>>>   Copying overlay ${tree}/overlay`,
      `>>>   Executing post-build script ${tree}/post-build.sh`,
      ">>>   Generating filesystem image rootfs.cpio.xz",
      `>>>   Executing post-image script ${tree}/post-image.sh`,
    ]);
    expect(shop.read("output/target/etc/seen")).toBe("from the overlay\n");
    expect(shop.read("output/target/etc/argument")).toBe(`more ${shop.path("output/.config")}\n`);
    expect(shop.read("output/images/list")).toContain("rootfs.cpio.xz");
  });

  it("reads external packages it cannot build, and warns of those that are switched on", () => {
    const shop = new Workshop();
    const tree = shop.external("A", {
      "external.mk": "include $(sort $(wildcard $(BR2_EXTERNAL_A_PATH)/package/*/*.mk))\n",
      "Config.in": 'config BR2_PACKAGE_FOO_BAR\n\tbool "foo"\nconfig BR2_PACKAGE_OFF\n\tbool "off"\n',
      "package/foo-bar/foo-bar.mk":
        "FOO_BAR_VERSION = 1\n$(eval $(generic-package))\n$(eval $(host-generic-package))\n",
      "package/off/off.mk": "$(eval $(python-package))\n$(eval $(some-unheard-of-package))\n",
    });
    shop.configure(["BR2_PACKAGE_FOO_BAR=y"], `BR2_EXTERNAL=${tree}`);
    const { code, stderr } = shop.tryMake([]);
    expect(code).toBe(0);
    expect(stderr).toContain("does not build foo-bar");
    expect(stderr).not.toContain("does not build off");
  });

  it("has the same bytes in another folder at another time", () => {
    const [one, other] = [new Workshop(), new Workshop()];
    for (const shop of [one, other]) {
      shop.configure(['BR2_TARGET_GENERIC_ROOT_PASSWD="secret"']);
      shop.make();
    }
    for (const image of ["bzImage", "rootfs.cpio", "rootfs.cpio.xz"])
      expect(sha256(one.path(`output/images/${image}`))).toBe(sha256(other.path(`output/images/${image}`)));
  });

  it("dates its files by SOURCE_DATE_EPOCH", () => {
    const shop = new Workshop();
    shop.configure();
    expect(shop.tryMake([], { SOURCE_DATE_EPOCH: "1000000000" }).code).toBe(0);
    expect(contents(shop)).toMatch(/Sep\s+9\s+2001 init$/m);
  });

  it("goes on by hand in the output folder", () => {
    const shop = new Workshop();
    shop.configure();
    const built = spawnSync("make", ["skeleton"], { cwd: shop.output, env: shop.environment(), encoding: "utf8" });
    expect(built.stderr).toBe("");
    expect(steps(built.stdout)).toEqual([">>> skeleton  Installing to target"]);
  });
});

describe("a build that ended early", () => {
  it("fails with a post-build script, and goes on without doing anything twice", () => {
    const shop = new Workshop();
    const script = shop.script("post-build.sh", "echo no such luck >&2; exit 3");
    shop.configure([`BR2_ROOTFS_POST_BUILD_SCRIPT="${script}"`]);
    const failed = shop.tryMake([]);
    expect(failed.code).toBe(2);
    expect(failed.stderr).toContain("no such luck");
    expect(failed.stderr).toMatch(/^make\[?\d*\]?: \*\*\* \[.*target-finalize\] Error 3$/m);
    expect(shop.has("output/images/rootfs.cpio.xz")).toBe(false);

    shop.script("post-build.sh", "exit 0");
    expect(steps(shop.make())[0]).toBe(">>>   Finalizing target directory");
  });

  it("names the stamp of the step that failed", () => {
    const shop = new Workshop();
    shop.configure(['BR2_MINIROOT_KERNEL_MODULES="e1000 no_such_module"']);
    const failed = shop.tryMake([]);
    expect(failed.code).toBe(2);
    expect(failed.stderr).toContain("has no module no_such_module");
    expect(failed.stderr).toMatch(/\*\*\* \[.*output\/build\/linux-6\.1\.0-1\/\.stamp_extracted\] Error 1/);
  });

  it("goes on in the step that was interrupted", { timeout: 90_000 }, async () => {
    const shop = new Workshop();
    shop.configure();
    const hook = shop.script("hook", `[ "$*" != "start build linux" ] || { : >${shop.path("there")}; sleep 60; }`);
    const make = shop.startMake([`BR2_INSTRUMENTATION_SCRIPTS=${hook}`]);
    const ended = new Promise<NodeJS.Signals | number | null>((resolve) => {
      make.once("exit", (code, signal) => resolve(signal ?? code));
    });
    await expect.poll(() => shop.has("there"), { timeout: 60_000 }).toBe(true);
    process.kill(-make.pid!, "SIGINT");
    expect(await ended).not.toBe(0);
    expect(shop.has("output/build/linux-6.1.0-1/.stamp_extracted")).toBe(true);
    expect(shop.has("output/build/linux-6.1.0-1/.stamp_built")).toBe(false);

    expect(steps(shop.make())[0]).toBe(">>> linux 6.1.0-1 Building");
    expect(shop.has("output/images/rootfs.cpio.xz")).toBe(true);
  });
});

describe("BusyBox", () => {
  it("that is missing is asked for by the name of its package", () => {
    const shop = new Workshop();
    shop.configure(['BR2_MINIROOT_BUSYBOX="/nowhere/busybox"', "# BR2_LINUX_KERNEL is not set"]);
    const failed = shop.tryMake([]);
    expect(failed.code).toBe(2);
    expect(failed.stderr).toContain("apt-get install busybox-static");
  });

  it("that needs shared libraries is refused", () => {
    const shop = new Workshop();
    shop.configure(['BR2_MINIROOT_BUSYBOX="/bin/cat"']);
    const failed = shop.tryMake([]);
    expect(failed.code).toBe(2);
    expect(failed.stderr).toContain("needs shared libraries");
  });
});

describe("other targets", () => {
  it("show-info tells packages and images as JSON", () => {
    const shop = new Workshop();
    shop.configure();
    const info = JSON.parse(shop.make("show-info")) as Record<string, unknown>;
    expect(Object.keys(info)).toEqual(["busybox", "linux", "skeleton", "rootfs-cpio"]);
    expect(info["linux"]).toMatchObject({
      type: "target",
      version: "6.1.0-1",
      stamp_dir: "build/linux-6.1.0-1",
      install_images: true,
      dependencies: ["skeleton"],
      reverse_dependencies: [],
    });
    expect(info["skeleton"]).toMatchObject({ reverse_dependencies: ["busybox", "linux"] });
    expect(info["rootfs-cpio"]).toMatchObject({ type: "rootfs", image_name: "rootfs.cpio.xz" });
  });

  it("show-vars tells variables as JSON", () => {
    const shop = new Workshop();
    shop.configure(['BR2_TARGET_GENERIC_ISSUE="a \\"word\\""']);
    const vars = JSON.parse(shop.make("show-vars", "VARS=LINUX_DIR BR2_TARGET_GENERIC_ISSUE NO_SUCH")) as unknown;
    expect(vars).toEqual({
      BR2_TARGET_GENERIC_ISSUE: { expanded: '"a \\"word\\""', raw: '"a \\"word\\""' },
      LINUX_DIR: { expanded: shop.path("output/build/linux-6.1.0-1"), raw: shop.path("output/build/linux-6.1.0-1") },
    });
  });

  it("a package is rebuilt alone, or from its first step", () => {
    const shop = new Workshop();
    shop.configure();
    shop.make();
    expect(steps(shop.make("linux-rebuild"))).toEqual([
      ">>> linux 6.1.0-1 Building",
      ">>> linux 6.1.0-1 Installing to images directory",
      ">>> linux 6.1.0-1 Installing to target",
    ]);
    shop.make("linux-dirclean");
    expect(steps(shop.make("linux"))[0]).toBe(">>> linux 6.1.0-1 Extracting");
  });

  it("source only downloads", () => {
    const shop = new Workshop();
    shop.configure();
    expect(steps(shop.make("source"))).toEqual([]);
    expect(shop.has("output/build/linux-6.1.0-1/.stamp_downloaded")).toBe(true);
    expect(shop.has("output/build/linux-6.1.0-1/.stamp_extracted")).toBe(false);
  });

  it("clean keeps the configuration, distclean takes it too", () => {
    const shop = new Workshop();
    shop.configure();
    shop.make();
    shop.make("clean");
    expect(shop.has("output/.config")).toBe(true);
    expect(shop.has("output/build")).toBe(false);
    expect(shop.has("output/images")).toBe(false);
    shop.make("distclean");
    expect(shop.has("output/.config")).toBe(false);
    expect(shop.has("output/Makefile")).toBe(false);
  });

  it("an image without kernel has none", () => {
    const shop = new Workshop();
    shop.configure(["# BR2_LINUX_KERNEL is not set"]);
    shop.make();
    expect(shop.has("output/images/bzImage")).toBe(false);
    expect(lstatSync(shop.path("output/images/rootfs.cpio.xz")).size).toBeGreaterThan(100_000);
  });

  it("help and print-version answer without a configuration", () => {
    const shop = new Workshop();
    expect(shop.make("help")).toContain("list-defconfigs");
    expect(readFileSync(`${miniroot}/Makefile`, "utf8")).toContain(
      `BR2_VERSION := ${shop.make("print-version").trim()}`,
    );
  });
});
