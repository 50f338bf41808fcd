import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { findQemu } from "../../src/index.js";
import { fakeProgram } from "../support/fake-program.js";
import { temporaryFolder } from "../support/guest.js";

it("finds the first program on PATH and reads its version", async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, "a", "qemu-system-x86_64"), { recursive: true });
  await mkdir(join(folder, "b"));
  const path = await fakeProgram(
    join(folder, "b"),
    "qemu-system-x86_64",
    "echo 'QEMU emulator version 7.2.22 (Debian 1:7.2+dfsg-7+deb12u18)'; echo Copyright",
  );
  const env = { PATH: `:/nowhere:${join(folder, "a")}:${join(folder, "b")}` };
  expect(await findQemu({ arch: "x86_64", env })).toEqual({ path, arch: "x86_64", version: "7.2.22" });
});

it("names the distribution's package command where there is none", async () => {
  const finding = findQemu({ arch: "aarch64", env: { PATH: "/nowhere" }, osRelease: "ID=debian\n" });
  await expect(finding).rejects.toMatchObject({
    code: "QEMU_NOT_FOUND",
    message: "qemu-system-aarch64 is in none of the folders of PATH.",
    hint: "Install it, as root: apt-get install qemu-system-arm",
  });
});

it("still hints without a known distribution and without PATH", async () => {
  const finding = findQemu({ arch: "x86_64", env: {}, osRelease: "" });
  await expect(finding).rejects.toMatchObject({
    code: "QEMU_NOT_FOUND",
    hint: "Install the package that holds qemu-system-x86_64.",
  });
});

it("refuses a program that is no QEMU", async () => {
  const folder = await temporaryFolder();
  await fakeProgram(folder, "qemu-system-x86_64", "echo hello; exit 1");
  const finding = findQemu({ arch: "x86_64", env: { PATH: folder } });
  await expect(finding).rejects.toMatchObject({ code: "QEMU_UNUSABLE", details: { stdout: "hello\n", code: 1 } });
});

it("refuses a program that cannot be started", async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, "qemu-system-x86_64"), "\u007fELF garbage");
  await chmod(join(folder, "qemu-system-x86_64"), 0o755);
  const finding = findQemu({ arch: "x86_64", env: { PATH: folder } });
  await expect(finding).rejects.toMatchObject({ code: "QEMU_UNUSABLE" });
});

it("can be given up", async () => {
  const folder = await temporaryFolder();
  await fakeProgram(folder, "qemu-system-x86_64", "exec sleep 600");
  const finding = findQemu({
    arch: "x86_64",
    env: { PATH: `${folder}:/usr/bin:/bin` },
    signal: AbortSignal.timeout(300),
  });
  await expect(finding).rejects.toMatchObject({ code: "ABORTED" });
});
