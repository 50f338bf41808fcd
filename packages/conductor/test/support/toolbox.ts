import { execFile } from "node:child_process";
import { chmod, mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Programs of the host that the agent may run: they look and do nothing else. */
const harmless = ["lshw", "lsblk", "lscpu", "df", "dmesg", "ps", "cat"];

/** What the agent's start needs besides them. */
const needed = ["unshare", "setpriv", "ip", "mount"];

/** Makes the folder that is the agent's whole PATH; the result is what the host lacks, if anything. */
export async function makeToolbox(folder: string): Promise<string | undefined> {
  await mkdir(folder, { recursive: true });
  for (const name of needed) if ((await find(name)) === undefined) return `${name} is not there`;
  for (const name of harmless) {
    const file = await find(name);
    if (file === undefined) return `${name} is not there (Debian: apt-get install lshw util-linux procps)`;
    await symlink(file, join(folder, name));
  }
  // The agent takes interfaces down where a token was given out before: of ip only questions pass.
  const question = `case "$1 $2" in "route get"|"addr "*) exec ${await find("ip")} "$@";; esac\nexit 1`;
  await script(folder, "ip", question);
  await script(folder, "udevadm", "exit 0");
  return undefined;
}

async function script(folder: string, name: string, body: string): Promise<void> {
  const file = join(folder, name);
  await writeFile(file, `#!/bin/sh\n${body}\n`);
  await chmod(file, 0o755);
}

/** A program of the host by its name: its path, or undefined. */
export async function find(name: string): Promise<string | undefined> {
  const found = await run("/bin/sh", ["-c", 'command -v "$0"', name], {
    env: { PATH: "/usr/sbin:/usr/bin:/sbin:/bin" },
  }).catch(() => undefined);
  return found?.stdout.trim();
}
