import { spawnSync } from "node:child_process";
import { cpSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { buildrootIpa, miniroot, Workshop } from "./support/workshop.js";

describe("list-defconfigs", () => {
  it("lists what is here, and then each external tree's", () => {
    const shop = new Workshop();
    const a = shop.external("A", { "configs/first_defconfig": "", "configs/second_defconfig": "" });
    const b = shop.external("B");
    expect(shop.make("list-defconfigs", `BR2_EXTERNAL=${a}:${b}`)).toBe(
      [
        "Built-in configs:",
        "  miniroot_defconfig                  - Build for miniroot",
        "",
        'External configs in "Tree A":',
        "  first_defconfig                     - Build for first",
        "  second_defconfig                    - Build for second",
        "",
        "",
      ].join("\n"),
    );
  });
});

describe("a defconfig", () => {
  it("configures, and leaves a Makefile to go on with in the output folder", () => {
    const shop = new Workshop();
    shop.make("miniroot_defconfig");
    expect(shop.config()).toEqual(
      expect.arrayContaining([
        'BR2_TARGET_GENERIC_GETTY_PORT="ttyS0"',
        "BR2_TARGET_GENERIC_GETTY_BAUDRATE_115200=y",
        'BR2_TARGET_GENERIC_GETTY_BAUDRATE="115200"',
        "BR2_LINUX_KERNEL=y",
        `BR2_DEFCONFIG="${miniroot}/configs/miniroot_defconfig"`,
      ]),
    );
    expect(shop.read("output/Makefile")).toContain(`MAKEARGS := -C ${miniroot}\n`);
  });

  it("is refused where there is none of that name", () => {
    const result = new Workshop().tryMake(["nothing_defconfig"]);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain("there is no defconfig nothing_defconfig");
  });

  it("of the last external tree wins over others of its name", () => {
    const shop = new Workshop();
    const a = shop.external("A", { "configs/x_defconfig": 'BR2_TARGET_GENERIC_HOSTNAME="a"\n' });
    const b = shop.external("B", { "configs/x_defconfig": 'BR2_TARGET_GENERIC_HOSTNAME="b"\n' });
    shop.make("x_defconfig", `BR2_EXTERNAL=${a} ${b}`);
    expect(shop.config()).toContain('BR2_TARGET_GENERIC_HOSTNAME="b"');
  });

  it("made for real Buildroot configures too: what is unknown here vanishes", () => {
    const shop = new Workshop();
    shop.make("openstack_ipa_defconfig", `BR2_EXTERNAL=${buildrootIpa}`);
    expect(shop.config()).toContain('BR2_TARGET_GENERIC_HOSTNAME="ipa"');
    expect(shop.config()).toContain("BR2_IPA_BR_CHECKSUMS=y");
    expect(shop.read("output/.config")).not.toContain("BR2_INIT_SYSTEMD");
  });
});

describe("defconfig", () => {
  it("starts from the file that BR2_DEFCONFIG names", () => {
    const shop = new Workshop();
    const file = shop.write("mine", 'BR2_TARGET_GENERIC_HOSTNAME="mine"\n# BR2_LINUX_KERNEL is not set\n');
    shop.make("defconfig", `BR2_DEFCONFIG=${file}`);
    expect(shop.config()).toContain('BR2_TARGET_GENERIC_HOSTNAME="mine"');
    expect(shop.config()).toContain("# BR2_LINUX_KERNEL is not set");
    expect(shop.config()).toContain(`BR2_DEFCONFIG="${file}"`);
  });

  it("starts from the defaults where there is no such file", () => {
    const shop = new Workshop();
    shop.make("defconfig");
    expect(shop.config()).toContain('BR2_TARGET_GENERIC_HOSTNAME="miniroot"');
  });
});

describe("olddefconfig", () => {
  it("completes what is missing and drops what is unknown", () => {
    const shop = new Workshop();
    shop.make("miniroot_defconfig");
    shop.write("output/.config", 'BR2_TARGET_GENERIC_HOSTNAME="kept"\nBR2_NO_SUCH_THING=y\n');
    shop.make("olddefconfig");
    expect(shop.config()).toContain('BR2_TARGET_GENERIC_HOSTNAME="kept"');
    expect(shop.config()).toContain("BR2_TARGET_ROOTFS_CPIO_XZ=y");
    expect(shop.read("output/.config")).not.toContain("NO_SUCH_THING");
  });
});

describe("savedefconfig", () => {
  it("writes the minimal configuration to BR2_DEFCONFIG", () => {
    const shop = new Workshop();
    shop.make("miniroot_defconfig");
    shop.make("savedefconfig", `BR2_DEFCONFIG=${shop.path("saved")}`);
    expect(shop.read("saved")).toBe(
      'BR2_TARGET_GENERIC_GETTY_PORT="ttyS0"\nBR2_TARGET_GENERIC_GETTY_BAUDRATE_115200=y\n',
    );
  });

  it("writes back to the file that was loaded", () => {
    const shop = new Workshop();
    const file = shop.write("mine", 'BR2_LINUX_KERNEL=y\nBR2_TARGET_GENERIC_HOSTNAME="mine"\n');
    shop.make("defconfig", `BR2_DEFCONFIG=${file}`);
    shop.make("savedefconfig");
    expect(shop.read("mine")).toBe('BR2_TARGET_GENERIC_HOSTNAME="mine"\n');
  });
});

describe("savedefconfig over a defconfig of real Buildroot", () => {
  it("refuses, for it would lose what is unknown here", () => {
    const shop = new Workshop();
    const file = shop.write("mine", 'BR2_TARGET_GENERIC_HOSTNAME="mine"\nBR2_INIT_SYSTEMD=y\n');
    shop.make("defconfig", `BR2_DEFCONFIG=${file}`);
    const result = shop.tryMake(["savedefconfig"]);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain("BR2_INIT_SYSTEMD for one");
    expect(shop.read("mine")).toContain("BR2_INIT_SYSTEMD=y");
  });
});

describe("external trees", () => {
  it("are remembered, and forgotten when BR2_EXTERNAL is passed empty", () => {
    const shop = new Workshop();
    const a = shop.external("A", { "Config.in": 'config BR2_A\n\tstring "a"\n\tdefault "$(BR2_EXTERNAL_A_PATH)/x"\n' });
    shop.make("miniroot_defconfig", `BR2_EXTERNAL=${a}`);
    expect(shop.config()).toContain('BR2_A="$(BR2_EXTERNAL_A_PATH)/x"');
    shop.make("olddefconfig");
    expect(shop.config()).toContain('BR2_A="$(BR2_EXTERNAL_A_PATH)/x"');
    expect(shop.read("output/.br2-external.mk")).toContain(`BR2_EXTERNAL_DIRS += ${a}\n`);
    shop.make("olddefconfig", "BR2_EXTERNAL=");
    expect(shop.read("output/.config")).not.toContain("BR2_A=");
  });

  it("may come from the environment, two at a time", () => {
    const shop = new Workshop();
    const a = shop.external("A", { "Config.in": 'config BR2_A\n\tbool "a"\n\tdefault y\n' });
    const b = shop.external("B", { "Config.in": 'config BR2_B\n\tbool "b"\n\tdefault y if BR2_A\n' });
    expect(shop.tryMake(["miniroot_defconfig"], { BR2_EXTERNAL: `${a}:${b}` }).code).toBe(0);
    expect(shop.config()).toEqual(expect.arrayContaining(["BR2_A=y", "BR2_B=y", `BR2_EXTERNAL_B_PATH="${b}"`]));
  });

  it.each([
    ["a folder that is not there", "/nowhere/at/all", "no such folder"],
    ["a folder that is no tree", "/tmp", "has no external.desc"],
  ])("refuses %s", (_what, path, message) => {
    const result = new Workshop().tryMake(["miniroot_defconfig", `BR2_EXTERNAL=${path}`]);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain(message);
  });

  it("refuses two of one name, and a name that is none", () => {
    const shop = new Workshop();
    const a = shop.external("A");
    const twin = shop.external("twin", { "external.desc": "name: A\n" });
    const odd = shop.external("odd", { "external.desc": "name: not-a-name\n" });
    expect(shop.tryMake(["miniroot_defconfig", `BR2_EXTERNAL=${a}:${twin}`]).stderr).toContain("is taken");
    expect(shop.tryMake(["miniroot_defconfig", `BR2_EXTERNAL=${odd}`]).stderr).toContain("letters, digits and _");
  });
});

describe("bad input", () => {
  it.each([
    ["with a space", "O=/tmp/mini root", "has a space"],
    ["with an @", "O=/tmp/mini@root", "has an @"],
    ["that cannot be made", "O=/proc/none/such", "cannot be made"],
  ])("refuses an output folder %s", (_what, argument, message) => {
    const result = new Workshop().tryMake(["miniroot_defconfig", argument]);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain(message);
  });

  it("says what to do where the workspace is not built", () => {
    const shop = new Workshop();
    const copy = shop.path("copy");
    cpSync(miniroot, copy, { recursive: true, filter: (path) => !/node_modules|\.cache|output|dl$/.test(path) });
    const result = spawnSync("make", ["-C", copy, `O=${shop.output}`, "miniroot_defconfig"], { encoding: "utf8" });
    expect(result.status).toBe(2);
    expect(result.stderr).toContain("the workspace is not built");
    expect(result.stderr).toContain("npm start");
  });

  it("says what to do where nothing is configured yet", () => {
    const result = new Workshop().tryMake([]);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain("not configured yet");
    expect(result.stderr).toContain("miniroot_defconfig");
  });

  it.each(["menuconfig", "linux-menuconfig", "busybox-update-config"])("says what to do instead of %s", (target) => {
    const shop = new Workshop();
    shop.make("miniroot_defconfig");
    const result = shop.tryMake([target]);
    expect(result.code).toBe(2);
    expect(result.stderr).toMatch(/olddefconfig|real Buildroot/);
  });
});
