import { cpSync, mkdirSync, readdirSync } from "node:fs";
import { beforeEach, describe, expect, it } from "vitest";
import { cannotBuild } from "./support/host.js";
import { Workshop } from "./support/workshop.js";

const reason = cannotBuild();

beforeEach((context) => context.skip(reason !== undefined, reason));

/** Puts programs of the test's own before apt's. */
function withApt(shop: Workshop, cache: string, get: string): Record<string, string> {
  shop.script("bin/apt-cache", cache);
  shop.script("bin/apt-get", get);
  return { PATH: `${shop.path("bin")}:${process.env.PATH}` };
}

// linux-image-amd64 is a package without a kernel, which depends on the one that has it.
const knows = `case "$*" in
*show*linux-image-amd64) echo "Version: 6.1.0-1"; echo "Filename: pool/linux-image-amd64_6.1.0-1_amd64.deb" ;;
*show*linux-image-6.1.0-1-amd64) echo "Version: 1:6.1.0-1"; echo "Filename: pool/linux-image-6.1.0-1-amd64_6.1.0-1_amd64.deb" ;;
*depends*linux-image-amd64) echo linux-image-amd64; echo "  Depends: linux-image-6.1.0-1-amd64" ;;
esac`;
const knowsNothing = "echo 'E: No packages found' >&2; exit 100";

describe("a kernel from apt", () => {
  it("is the one that the given package depends on, downloaded once", () => {
    const shop = new Workshop();
    const env = withApt(shop, knows, `echo "$@" >>${shop.path("calls")}; cp ${shop.kernelPackage()} got_it.deb`);
    shop.make("miniroot_defconfig");
    const source = shop.tryMake(["source"], env);
    expect(source.stderr).toBe("");
    expect(source.stdout).toBe(">>> linux 6.1.0-1 Downloading\n");
    expect(readdirSync(shop.path("dl/linux"))).toEqual(["linux-image-6.1.0-1-amd64_6.1.0-1_amd64.deb"]);
    expect(shop.read("calls")).toContain("linux-image-6.1.0-1-amd64=6.1.0-1");

    shop.make("linux-dirclean");
    expect(shop.tryMake(["source"], env).stdout).toBe("");
  });

  it("leaves nothing behind where the download fails", () => {
    const shop = new Workshop();
    const env = withApt(shop, knows, "echo half >got_it.deb; echo 'no route' >&2; exit 100");
    shop.make("miniroot_defconfig");
    const failed = shop.tryMake(["source"], env);
    expect(failed.code).toBe(2);
    expect(failed.stderr).toContain("no route");
    expect(failed.stderr).toContain("BR2_MINIROOT_KERNEL_DEB");
    expect(readdirSync(shop.path("dl/linux"))).toEqual([]);
  });

  it("that was downloaded before will do where apt has no index", () => {
    const shop = new Workshop();
    const env = withApt(shop, knowsNothing, knowsNothing);
    mkdirSync(shop.path("dl/linux"), { recursive: true });
    cpSync(shop.kernelPackage(), shop.path("dl/linux/linux-image-test_6.1.0-1_all.deb"));
    shop.make("miniroot_defconfig");
    const source = shop.tryMake(["source"], env);
    expect(source.code).toBe(0);
    expect(shop.has("output/build/linux-6.1.0-1/.stamp_downloaded")).toBe(true);
  });

  it("that nobody knows ends with what to do", () => {
    const shop = new Workshop();
    const env = withApt(shop, knowsNothing, knowsNothing);
    shop.make("miniroot_defconfig");
    const failed = shop.tryMake([], env);
    expect(failed.code).toBe(2);
    expect(failed.stderr).toContain("apt knows no package linux-image-amd64");
    expect(failed.stderr).toContain("apt-get update");
  });
});

it("a kernel's file that is not there is named", () => {
  const shop = new Workshop();
  shop.configure(['BR2_MINIROOT_KERNEL_DEB="/nowhere/kernel.deb"']);
  const failed = shop.tryMake([]);
  expect(failed.code).toBe(2);
  expect(failed.stderr).toContain("/nowhere/kernel.deb is not there");
});
