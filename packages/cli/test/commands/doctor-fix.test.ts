import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../support/folder.js";
import { bin, cleanEnvironment } from "../support/ipa-br.js";

/** What runs in a root of its own: this machine's files below, and all that is written in memory, gone with the last process. */
const script = `set -e
mount -t tmpfs none "$1"
mkdir "$1/upper" "$1/work" "$1/root"
mount -t overlay -o "lowerdir=/,upperdir=$1/upper,workdir=$1/work" none "$1/root"
mount -t proc none "$1/root/proc"
mount --rbind /dev "$1/root/dev"
exec chroot "$1/root" /bin/sh -c "$2"
`;

interface Finished {
  readonly status: number | null;
  readonly said: string;
}

function inOwnRoot(folder: string, commands: string): Finished {
  const file = join(folder, "own-root.sh");
  writeFileSync(file, script);
  const point = temporaryFolder();
  const { status, stdout, stderr } = spawnSync(
    "unshare",
    ["--mount", "--pid", "--fork", "--kill-child", "--propagation", "private", "sh", file, point, commands],
    { encoding: "utf8", env: cleanEnvironment({ LC_ALL: "C" }) },
  );
  return { status, said: `${stdout}${stderr}` };
}

/** Why packages cannot be taken away and installed here without harm; undefined if they can. */
function cannotInstall(): string | undefined {
  if (process.getuid?.() !== 0) return "only root has a root of its own";
  if (!/^ID(_LIKE)?=.*debian/m.test(readFileSync("/etc/os-release", "utf8"))) return "not Debian or like it";
  const folder = temporaryFolder();
  const { status, said } = inOwnRoot(folder, "true");
  if (status !== 0) return `no root of its own: ${said.trim().split("\n").at(-1)}`;
  const missing = ["bc", "cpio"].filter((name) => !existsSync(`/usr/bin/${name}`));
  return missing.length === 0 ? undefined : `not installed, so that they cannot be taken away: ${missing.join(", ")}`;
}

describe("ipa-br doctor --fix on this Debian", { timeout: 300_000 }, () => {
  it("installs what is missing, with lists that are not there at first, and looks again", (ctx) => {
    const reason = cannotInstall();
    ctx.skip(reason !== undefined, reason);
    const doctor = `'${process.execPath}' '${bin}' doctor --output /tmp/ipa-br-nothing`;
    const { status, said } = inOwnRoot(
      temporaryFolder(),
      [
        "dpkg --remove --force-depends bc cpio >/dev/null 2>&1",
        "rm -rf /var/lib/apt/lists/* /var/cache/apt/archives/*.deb",
        `${doctor}; echo "first: $?"`,
        `apt-get update >/dev/null 2>&1 || { echo "no mirror"; exit 9; }`,
        "rm -rf /var/lib/apt/lists/*",
        `${doctor} --fix --yes; echo "then: $?"`,
        `${doctor} >/dev/null; echo "last: $?"`,
        "command -v bc; command -v cpio",
      ].join("\n"),
    );
    ctx.skip(status === 9, "no package mirror answers");
    expect(said).toContain("first: 3\n");
    expect(said).toContain("Running apt-get install --yes bc cpio\n");
    expect(said).toContain("The package lists may be old: apt-get update\n");
    expect(said).toContain("then: 0\nlast: 0\n");
    expect(said).toMatch(/\/bin\/bc\n.*\/bin\/cpio\n/);
    // This machine is as it was.
    expect(existsSync("/usr/bin/bc")).toBe(true);
  });

  it("an installation that fails is told, and what the package manager said with it", (ctx) => {
    const reason = cannotInstall();
    ctx.skip(reason !== undefined, reason);
    const { said } = inOwnRoot(
      temporaryFolder(),
      [
        "dpkg --remove --force-depends bc >/dev/null 2>&1",
        "rm -rf /var/lib/apt/lists/* /var/cache/apt/archives/*.deb",
        "rm -rf /etc/apt/sources.list /etc/apt/sources.list.d",
        `'${process.execPath}' '${bin}' doctor --output /tmp/ipa-br-nothing --fix --yes; echo "ended: $?"`,
      ].join("\n"),
    );
    expect(said).toMatch(/^E: .*bc/m);
    expect(said).toMatch(/^error: apt-get install --yes bc failed with 100 \[FIX_FAILED\]$/m);
    expect(said).toContain("ended: 3\n");
  });
});
