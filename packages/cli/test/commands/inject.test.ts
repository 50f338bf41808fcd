import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { launch, text } from "@ipa-br/qemu";
import { describe, expect, it, onTestFinished } from "vitest";
import { exitCodes } from "../../src/exit-codes.js";
import { main } from "../../src/main.js";
import { agentImage } from "../support/agent-image.js";
import { temporaryFolder } from "../support/folder.js";
import { testIo } from "../support/io.js";
import { newcArchive, plainFile } from "../support/newc.js";
import { needQemu } from "../support/qemu.js";
import { tinyGuest } from "../support/tiny-guest.js";

const key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGJ8mQ0y5mNuV9m0O4bXo2m8oP5vV5l0vK0h8mJm2Wk5 me@there";

/** A folder with an output folder's ramdisk, a key and a drop-in. */
function prepare(): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "id.pub"), `${key}\n`);
  writeFileSync(join(folder, "site.conf"), "[DEFAULT]\ndebug = true\n");
  return folder;
}

async function ipaBr(cwd: string, ...args: readonly string[]) {
  const io = testIo({ cwd });
  const code = await main(args, io, "1");
  return { code, out: io.out(), err: io.err() };
}

describe("ipa-br inject", () => {
  it("leaves the image alone and writes another beside it", async () => {
    const folder = prepare();
    const archive = newcArchive([{ name: "base", mode: plainFile, data: Buffer.from("base") }]);
    writeFileSync(join(folder, "rootfs.cpio"), archive);
    const { code, out, err } = await ipaBr(
      folder,
      "inject",
      "rootfs.cpio",
      "--ssh-key",
      "id.pub",
      "--config",
      "site.conf",
    );
    expect([code, err]).toEqual([exitCodes.ok, ""]);
    expect(out).toMatch(
      /^ {2}\/etc\/ironic-python-agent\.d\/site\.conf\n {2}\/root\/\.ssh\/authorized_keys\n.*site-rootfs\.cpio: .* more\n$/,
    );
    expect(readFileSync(join(folder, "rootfs.cpio")).equals(archive)).toBe(true);
    expect(readFileSync(join(folder, "site-rootfs.cpio")).subarray(0, archive.length).equals(archive)).toBe(true);
  });

  it("takes the output folder's ramdisk where none is named, and says so where there is none", async () => {
    const folder = prepare();
    const { code, err } = await ipaBr(folder, "inject", "image", "--output", "out", "--ssh-key", "id.pub");
    expect(code).toBe(exitCodes.input);
    expect(err).toContain(`there is no ${folder}/out/images/rootfs.cpio.xz`);
    execFileSync("mkdir", ["-p", join(folder, "out/images")]);
    writeFileSync(join(folder, "out/images/rootfs.cpio.xz"), newcArchive([]));
    const done = await ipaBr(folder, "inject", "image", "--output", "out", "--ssh-key", "id.pub", "--json");
    expect(JSON.parse(done.out)).toMatchObject({
      output: `${folder}/out/images/site-rootfs.cpio.xz`,
      files: ["root/.ssh/authorized_keys"],
    });
  });

  it.for([
    [["--ssh-key", "absent.pub"], "SETTING_INVALID", exitCodes.usage],
    [["--ssh-key", "site.conf"], "INJECTION_INVALID", exitCodes.input],
    [[], "INJECTION_INVALID", exitCodes.input],
  ] as const)("%j ends with %s", async ([args, expected, exitCode]) => {
    const folder = prepare();
    writeFileSync(join(folder, "rootfs.cpio"), newcArchive([]));
    const { code, err } = await ipaBr(folder, "inject", "rootfs.cpio", ...args);
    expect(err).toContain(`[${expected}]`);
    expect(code).toBe(exitCode);
  });

  it(
    "a kernel that starts with the ramdisk sees the files, over those of the image",
    { timeout: 400_000 },
    async (context) => {
      await needQemu(context);
      const folder = prepare();
      const images = tinyGuest(
        await agentImage(context),
        `cat /etc/ironic-python-agent.d/site.conf; ls -ln /root/.ssh/authorized_keys; ls -dln /root
cat /etc/passwd; cat /root/.ssh/authorized_keys; echo all""read; while :; do sleep 1; done\n`,
      );
      const packed = execFileSync("xz", ["-1", "-c", "--check=crc32", join(images, "rootfs.cpio")], {
        maxBuffer: 1 << 28,
      });
      writeFileSync(join(images, "rootfs.cpio.xz"), packed);
      const { code } = await ipaBr(
        folder,
        "inject",
        join(images, "rootfs.cpio.xz"),
        "--ssh-key",
        "id.pub",
        "--config",
        "site.conf",
      );
      expect(code).toBe(exitCodes.ok);

      const machine = {
        arch: "x86_64" as const,
        kernel: join(images, "bzImage"),
        initrd: join(images, "site-rootfs.cpio.xz"),
        append: "console=ttyS0 quiet no_timer_check panic=-1",
        memory: 512,
      };
      const running = await launch(machine, { env: process.env, accel: "tcg" });
      onTestFinished(async () => void (await running.stop()));
      await running.console.waitFor(text(/allread/), { timeoutMs: 300_000 });
      const seen = running.console.transcript.replaceAll("\r", "");
      expect(seen).toContain("[DEFAULT]\ndebug = true\n");
      expect(seen).toMatch(/-rw------- +1 0 +0 +\d+ .*authorized_keys\ndrwx------ /);
      expect(seen).toContain("root::0:0:root:/root:/bin/sh\n");
      expect(seen).toContain(`${key}\n`);
    },
  );
});
