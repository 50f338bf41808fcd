import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { tree } from "../support/repository.js";

const overlay = join(tree, "board/openstack-ipa/rootfs-overlay");
const library = join(overlay, "usr/lib/ipa-br");
// The image's /bin/sh is BusyBox; dash and bash are what developers have.
const shells = [["sh"], ["busybox", "sh"], ["bash", "--posix"]].filter(
  ([name]) => spawnSync(name!, ["-c", ":"]).error === undefined,
);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "preset-ipa-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function get(path: string): string | undefined {
  return existsSync(join(folder, path)) ? readFileSync(join(folder, path), "utf8") : undefined;
}

/** Runs a script of the overlay over the folder, with programs of the image replaced by some that note what they got. */
function run(script: string, args: readonly string[] = [], shell: readonly string[] = ["sh"]): string {
  for (const name of ["chpasswd", "systemctl", "udevadm", "blkid", "mount", "umount"]) {
    if (get(`bin/${name}`) === undefined)
      put(`bin/${name}`, `#!/bin/sh\n{ echo "${name} $*"; [ ${name} != chpasswd ] || cat; } >>"${folder}/called"\n`);
    chmodSync(join(folder, "bin", name), 0o755);
  }
  const env = { PATH: `${join(folder, "bin")}:${process.env["PATH"]}`, IPA_BR_ROOT: folder, IPA_BR_LIB: library };
  return execFileSync(shell[0]!, [...shell.slice(1), join(overlay, script), ...args], {
    env: env as NodeJS.ProcessEnv,
    encoding: "utf8",
  });
}

describe.for(shells)("the command line, read by %s", (shell) => {
  function values(cmdline: string, name: string): string[] {
    put("cmdline", cmdline);
    const script = `. "${library}/cmdline.sh"; cmdline_values "${folder}/cmdline" "$1"`;
    const [program, ...args] = shell;
    const text = execFileSync(program!, [...args, "-euc", script, "sh", name], { encoding: "utf8" });
    return text === "" ? [] : text.slice(0, -1).split("\n");
  }
  const cases: readonly (readonly [cmdline: string, name: string, expected: readonly string[]])[] = [
    ["a=1 b=2\n", "b", ["2"]],
    ['quiet sshkey="ssh-ed25519 AAAA me@there" ipa-debug=1\n', "sshkey", ["ssh-ed25519 AAAA me@there"]],
    ['"sshkey=ssh-rsa B  two" x\n', "sshkey", ["ssh-rsa B  two"]],
    ['sshkey="one 1" sshkey="two 2"\n', "sshkey", ["one 1", "two 2"]],
    ['rootpwd="$6$sa.lt$ha/sh="\n', "rootpwd", ["$6$sa.lt$ha/sh="]],
    ["rootpwd=\n", "rootpwd", [""]],
    ["xsshkey=no sshkeys=no\n", "sshkey", []],
    ["ipa-debug\n", "ipa-debug", [""]],
    ['open="no end of it\n', "open", ["no end of it"]],
    ["url=http://[fd00::1]:6385/?a=b&c=*\n", "url", ["http://[fd00::1]:6385/?a=b&c=*"]],
    ["back=a\\nb%s$(id)`id`\n", "back", ["a\\nb%s$(id)`id`"]],
    ["  \t a=1\n", "a", ["1"]],
    ["", "a", []],
  ];
  it.for(cases)("%j has of %s: %j", ([cmdline, name, expected]) => {
    expect(values(cmdline, name)).toEqual(expected);
  });
});

describe("settings", () => {
  const cmdline = (text: string): void => put("proc/cmdline", `console=ttyS0 ${text}\n`);

  it("gives root the keys of the command line, each once, readable by nobody else", () => {
    cmdline('sshkey="ssh-ed25519 AAAA me" sshkey="ssh-rsa BBBB you"');
    put("root/.ssh/authorized_keys", "ssh-ed25519 CCCC before\n");
    run("usr/lib/ipa-br/settings");
    run("usr/lib/ipa-br/settings");
    expect(get("root/.ssh/authorized_keys")).toBe("ssh-ed25519 CCCC before\nssh-ed25519 AAAA me\nssh-rsa BBBB you\n");
    expect(statSync(join(folder, "root/.ssh")).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, "root/.ssh/authorized_keys")).mode & 0o777).toBe(0o600);
  });

  it("sets a password by its hash, or in the clear, and tells sshd", () => {
    cmdline('rootpwd="$6$salt$hash"');
    run("usr/lib/ipa-br/settings");
    expect(get("called")).toBe("chpasswd -e\nroot:$6$salt$hash\n");
    expect(get("run/ipa-br/root-password")).toBe("");
    cmdline("rootpwd=secret");
    run("usr/lib/ipa-br/settings");
    expect(get("called")).toContain("chpasswd -c sha512\nroot:secret\n");
  });

  it("ignores a password in a production image, and takes keys", () => {
    put("etc/ipa-br/login.conf", "login=production\n");
    cmdline("rootpwd=secret sshkey=KEY");
    expect(run("usr/lib/ipa-br/settings")).toMatch(/rootpwd= is ignored/);
    expect(get("called")).toBeUndefined();
    expect(get("run/ipa-br/root-password")).toBeUndefined();
    expect(get("root/.ssh/authorized_keys")).toBe("KEY\n");
  });

  it("leaves everything alone where nothing is asked", () => {
    cmdline("quiet");
    expect(run("usr/lib/ipa-br/settings")).toBe("");
    expect(get("root/.ssh/authorized_keys")).toBeUndefined();
    expect(get("run/ipa-br/agent.env")).toBeUndefined();
  });

  it("names the image's authorities to the agent, and joins those that were brought", () => {
    cmdline("quiet");
    put("etc/ssl/certs/ca-certificates.crt", "IMAGE\n");
    run("usr/lib/ipa-br/settings");
    expect(get("run/ipa-br/agent.env")).toBe(
      "REQUESTS_CA_BUNDLE=/etc/ssl/certs/ca-certificates.crt\nSSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt\n",
    );
    put("etc/ipa-br/ca.d/site.pem", "SITE");
    put("etc/ipa-br/ca.d/README", "no certificate");
    run("usr/lib/ipa-br/settings");
    expect(get("run/ipa-br/ca-bundle.pem")).toBe("IMAGE\nSITE\n");
    expect(get("run/ipa-br/agent.env")).toBe(
      "REQUESTS_CA_BUNDLE=/run/ipa-br/ca-bundle.pem\nSSL_CERT_FILE=/run/ipa-br/ca-bundle.pem\n",
    );
  });

  it("takes authorities from virtual media, if the machine was booted from it", () => {
    put("bin/blkid", '#!/bin/sh\n[ "$2" = config-2 ] && echo /dev/sr0\n');
    put("bin/mount", '#!/bin/sh\nmkdir -p "$4/etc/ipa-br/ca.d" && echo MEDIA >"$4/etc/ipa-br/ca.d/m.crt"\n');
    cmdline("quiet");
    run("usr/lib/ipa-br/settings");
    expect(get("etc/ipa-br/ca.d/m.crt")).toBeUndefined();
    cmdline("boot_method=vmedia");
    run("usr/lib/ipa-br/settings");
    expect(get("run/ipa-br/ca-bundle.pem")).toBe("MEDIA\n\n");
    expect(get("called")).toMatch(/^udevadm settle .*\numount .*\/run\/ipa-br\/media\n$/);
  });
});

describe("the autologin generator", () => {
  const script = "usr/lib/systemd/system-generators/ipa-br-autologin";
  function generate(cmdline: string): (string | undefined)[] {
    put("proc/cmdline", `${cmdline}\n`);
    run(script, [join(folder, "units")]);
    return ["getty@", "serial-getty@", "getty@tty1", "serial-getty@ttyS1"].map((unit) =>
      get(`units/${unit}.service.d/50-ipa-autologin.conf`),
    );
  }

  it("does nothing unasked, where it is refused, and in a production image", () => {
    const none = [undefined, undefined, undefined, undefined];
    expect(generate("quiet")).toEqual(none);
    expect(generate("ipa-autologin=0")).toEqual(none);
    put("etc/ipa-br/login.conf", "login=production\n");
    expect(generate("ipa-autologin")).toEqual(none);
  });

  it("is for every console, or for the one that is named", () => {
    const [screen, serial, ...others] = generate("ipa-autologin");
    expect(screen).toBe("[Service]\nExecStart=\nExecStart=-/sbin/agetty --autologin root --noclear  %I $TERM\n");
    expect(serial).toContain("--autologin root --noclear --keep-baud 115200,57600,38400,9600 %I $TERM");
    expect(others).toEqual([undefined, undefined]);
    rmSync(join(folder, "units"), { recursive: true });
    expect(generate("ipa-autologin=ttyS1").map((text) => text !== undefined)).toEqual([false, false, false, true]);
    expect(generate("ipa-autologin=tty1").map((text) => text !== undefined)).toEqual([false, false, true, true]);
  });
});

describe("rescue", () => {
  it("does nothing where the agent left no password", () => {
    run("usr/lib/ipa-br/rescue");
    expect(get("called")).toBeUndefined();
  });

  it("makes the user with the hash, once, and keeps the agent from coming back", () => {
    put("etc/passwd", "root:x:0:0:root:/root:/bin/sh\nrescue:x:0:0:old\n");
    put("etc/shadow", "root:*:::::::\n");
    put("etc/ipa-rescue-config/ipa-rescue-password", "$5$salt$hash");
    run("usr/lib/ipa-br/rescue");
    expect(get("etc/passwd")).toBe("root:x:0:0:root:/root:/bin/sh\nrescue:x:0:0:rescue:/root:/bin/sh\n");
    expect(get("etc/shadow")).toBe("root:*:::::::\nrescue:$5$salt$hash:::::::\n");
    expect(get("etc/ipa-rescue-config/ipa-rescue-password")).toBeUndefined();
    expect(get("run/ipa-br/rescued")).toBe("");
  });
});

it("ldconfig -p has lines that Python's find_library reads", () => {
  const text = execFileSync("sh", [join(overlay, "usr/bin/ldconfig"), "-p"], { encoding: "utf8" });
  expect(text.split("\n")[0]).toMatch(/^\t\S+ \(libc6,\S+\) => \/usr\/lib\/\S+$/);
});

it("shellcheck finds nothing in the tree's scripts", (context) => {
  context.skip(
    spawnSync("shellcheck", ["--version"]).error !== undefined,
    "shellcheck is not installed (Debian: apt-get install shellcheck)",
  );
  const board = join(tree, "board/openstack-ipa");
  const scripts = ["lib.sh", "post-build.sh", "post-fakeroot.sh", "post-image.sh", "linux/merge.sh"].map((name) =>
    join(board, name),
  );
  const own = ["usr/lib/ipa-br/cmdline.sh", "usr/lib/ipa-br/settings", "usr/lib/ipa-br/rescue", "usr/bin/ldconfig"];
  const generator = "usr/lib/systemd/system-generators/ipa-br-autologin";
  expect(
    spawnSync("shellcheck", [...scripts, ...[...own, generator].map((name) => join(overlay, name))], {
      encoding: "utf8",
    }).stdout,
  ).toBe("");
});
