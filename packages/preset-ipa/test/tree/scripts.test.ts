import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { tree } from "../support/repository.js";

const board = join(tree, "board/openstack-ipa");

describe("the board's scripts", () => {
  let folder: string;

  function run(script: string, config: string, argument: string): void {
    const configFile = join(folder, ".config");
    writeFileSync(configFile, config);
    execFileSync(join(board, script), [join(folder, argument)], {
      env: { ...process.env, BR2_CONFIG: configFile, BR2_VERSION_FULL: "2026.02.3" },
      stdio: "pipe",
    });
  }

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "preset-ipa-"));
    mkdirSync(join(folder, "target/etc"), { recursive: true });
    mkdirSync(join(folder, "images"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const network = "target/etc/systemd/network/80-ipa-dhcp.network";
  const online = "target/etc/systemd/system/systemd-networkd-wait-online.service.d/10-ipa-any.conf";

  it("post-build configures the network and records the variant", () => {
    run("post-build.sh", 'BR2_IPA_BR_DHCP_ALL_NICS=y\nBR2_IPA_BR_VARIANT="rack 7"\n', "target");
    expect(readFileSync(join(folder, network), "utf8")).toContain("DHCP=yes");
    expect(existsSync(join(folder, online))).toBe(true);
    const release = readFileSync(join(folder, "target/etc/ipa-br-release"), "utf8");
    expect(release).toContain('VARIANT="rack 7"\n');
    expect(release).toContain('BUILT_WITH="2026.02.3"\n');
  });

  it("post-build takes away what a former configuration left", () => {
    run("post-build.sh", "BR2_IPA_BR_DHCP_ALL_NICS=y\n", "target");
    run("post-build.sh", "# BR2_IPA_BR_DHCP_ALL_NICS is not set\n", "target");
    expect(existsSync(join(folder, network))).toBe(false);
    expect(existsSync(join(folder, online))).toBe(false);
  });

  it("post-image writes sums that sha256sum accepts", () => {
    writeFileSync(join(folder, "images/bzImage"), "kernel");
    writeFileSync(join(folder, "images/rootfs.cpio.xz"), "root");
    run("post-image.sh", "BR2_IPA_BR_CHECKSUMS=y\n", "images");
    const checked = execFileSync("sha256sum", ["--check", "SHA256SUMS"], {
      cwd: join(folder, "images"),
      encoding: "utf8",
    });
    expect(checked).toBe("bzImage: OK\nrootfs.cpio.xz: OK\n");
  });

  it("post-image leaves no sums where they are switched off", () => {
    writeFileSync(join(folder, "images/SHA256SUMS"), "old");
    run("post-image.sh", "# BR2_IPA_BR_CHECKSUMS is not set\n", "images");
    expect(existsSync(join(folder, "images/SHA256SUMS"))).toBe(false);
  });
});

it("linux.config is what merge.sh makes of the fragments", () => {
  const folder = mkdtempSync(join(tmpdir(), "preset-ipa-"));
  const merged = join(folder, "linux.config");
  copyFileSync("/dev/null", merged);
  execFileSync(join(board, "linux/merge.sh"), [merged]);
  expect(readFileSync(merged, "utf8")).toBe(readFileSync(join(board, "linux.config"), "utf8"));
  rmSync(folder, { recursive: true, force: true });
});
