import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { tree } from "../support/repository.js";

const board = join(tree, "board/openstack-ipa");

describe("the board's scripts", () => {
  let folder: string;

  function run(script: string, config: string, argument: string): void {
    const configFile = join(folder, ".config");
    writeFileSync(configFile, config);
    execFileSync(join(board, script), [join(folder, argument)], {
      env: {
        ...process.env,
        BR2_CONFIG: configFile,
        BR2_VERSION_FULL: "2026.02.3",
        IPA_BR_USER_DIR: existsSync(join(folder, "user")) ? join(folder, "user") : "",
      },
      stdio: "pipe",
    });
  }

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "preset-ipa-"));
    mkdirSync(join(folder, "target/etc"), { recursive: true });
    mkdirSync(join(folder, "target/root"));
    mkdirSync(join(folder, "images"));
    writeFileSync(join(folder, "target/etc/shadow"), "root::20000::::::\ndaemon:*:::::::\n");
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

  it("post-build leaves no time in kbd's packed files, and nothing else changes in them", () => {
    const maps = join(folder, "target/usr/share/keymaps/i386");
    mkdirSync(maps, { recursive: true });
    const path = join(maps, "us.map.gz");
    const packed = gzipSync("keycode 1 = Escape\n", { level: 9 });
    packed.writeUInt32LE(1_700_000_000, 4);
    writeFileSync(path, packed, { mode: 0o640 });
    utimesSync(path, 1, 1_600_000_000);
    run("post-build.sh", "", "target");
    const after = readFileSync(path);
    expect(after.readUInt32LE(4)).toBe(0);
    expect(gunzipSync(after).toString()).toBe("keycode 1 = Escape\n");
    expect(statSync(path)).toMatchObject({ mode: 0o100640, mtimeMs: 1_600_000_000_000 });
    run("post-build.sh", "", "target");
    expect(readFileSync(path).equals(after)).toBe(true);
    expect(readdirSync(maps)).toEqual(["us.map.gz"]);
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

  it("post-build takes root's password away in a production image, and only there", () => {
    run("post-build.sh", "BR2_IPA_BR_LOGIN_DEVELOPMENT=y\n", "target");
    expect(readFileSync(join(folder, "target/etc/shadow"), "utf8")).toContain("root::20000:");
    expect(readFileSync(join(folder, "target/etc/ipa-br/login.conf"), "utf8")).toContain("login=development\n");
    run("post-build.sh", "BR2_IPA_BR_LOGIN_PRODUCTION=y\n", "target");
    expect(readFileSync(join(folder, "target/etc/shadow"), "utf8")).toBe("root:*:20000::::::\ndaemon:*:::::::\n");
    expect(readFileSync(join(folder, "target/etc/ipa-br/login.conf"), "utf8")).toContain("login=production\n");
  });

  it("the user's folder is used, after everything else", () => {
    const user = join(folder, "user");
    mkdirSync(join(user, "overlay/etc/systemd/network"), { recursive: true });
    writeFileSync(join(user, "overlay/etc/systemd/network/80-ipa-dhcp.network"), "mine\n");
    for (const name of ["post-build.sh", "post-fakeroot.sh", "post-image.sh"]) {
      writeFileSync(
        join(user, name),
        '#!/bin/sh\nset -eu\ncat "$1"/etc/ipa-br-release "$1"/SHA256SUMS >/dev/null 2>&1 || :\necho "$0 $1" >>"$(dirname "$0")/called"\n',
      );
      chmodSync(join(user, name), 0o755);
    }
    run("post-build.sh", "BR2_IPA_BR_DHCP_ALL_NICS=y\n", "target");
    run("post-fakeroot.sh", "", "target");
    run("post-image.sh", "BR2_IPA_BR_CHECKSUMS=y\n", "images");
    expect(readFileSync(join(folder, network), "utf8")).toBe("mine\n");
    const called = readFileSync(join(user, "called"), "utf8").trim().split("\n");
    expect(called.map((line) => line.replaceAll(`${folder}/`, ""))).toEqual([
      "user/post-build.sh target",
      "user/post-fakeroot.sh target",
      "user/post-image.sh images",
    ]);
  });

  it("a user's script that fails ends the build", () => {
    mkdirSync(join(folder, "user"));
    writeFileSync(join(folder, "user/post-build.sh"), "#!/bin/sh\nexit 3\n");
    chmodSync(join(folder, "user/post-build.sh"), 0o755);
    expect(() => run("post-build.sh", "", "target")).toThrow(/Command failed/);
  });
});
