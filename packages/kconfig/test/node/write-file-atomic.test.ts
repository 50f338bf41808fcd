import { execFile, execFileSync } from "node:child_process";
import {
  chmodSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { nodeHost, writeFileAtomic } from "../../src/node.js";
import { writeConfFile } from "../../src/node/conf-file.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kconfig-test-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("writeFileAtomic", () => {
  it("replaces the content, keeps the mode and leaves no temporary file", async () => {
    const path = join(folder, "x");
    writeFileSync(path, "old");
    chmodSync(path, 0o640);
    await writeFileAtomic(path, "new");
    expect(readFileSync(path, "utf8")).toBe("new");
    expect(statSync(path).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder)).toEqual(["x"]);
  });

  it("sets the mode that is asked for", async () => {
    const path = join(folder, "x");
    await writeFileAtomic(path, new Uint8Array([65]), { mode: 0o600 });
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it("follows a symbolic link", async () => {
    writeFileSync(join(folder, "target"), "old");
    symlinkSync("target", join(folder, "link"));
    await writeFileAtomic(join(folder, "link"), "new");
    expect(readFileSync(join(folder, "target"), "utf8")).toBe("new");
    expect(readdirSync(folder).sort()).toEqual(["link", "target"]);
  });

  // A pipe stands for /dev/null, which root would take from the whole machine.
  for (const [name, write] of [
    ["writeFileAtomic", (path: string) => writeFileAtomic(path, "text", { backup: true })],
    [
      "a .config of conf",
      (path: string) => writeConfFile({ path, text: "text", method: "backup", folders: false }, path),
    ],
  ] as const) {
    it(`leaves a pipe or a device in its place and writes to it: ${name}`, async () => {
      const path = join(folder, "pipe");
      execFileSync("mkfifo", [path]);
      const reader = promisify(execFile)("cat", [path]);
      await write(path);
      expect((await reader).stdout).toBe("text");
      expect(statSync(path).isFIFO()).toBe(true);
      expect(readdirSync(folder)).toEqual(["pipe"]);
    });
  }

  it("fails with a code and leaves nothing behind", async () => {
    await expect(writeFileAtomic(join(folder, "no", "x"), "new")).rejects.toMatchObject({ code: "FILE_UNWRITABLE" });
    await expect(writeFileAtomic(folder, "new")).rejects.toMatchObject({ code: "FILE_UNWRITABLE" });
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe("nodeHost", () => {
  it("reads files and knows what is none", () => {
    writeFileSync(join(folder, "x"), "text");
    const host = nodeHost();
    expect(host.readFile(join(folder, "x"))).toBe("text");
    expect(host.readFile(join(folder, "y"))).toBeUndefined();
    expect(host.readFile(folder)).toBeUndefined();
    expect(host.shell).toBeUndefined();
  });

  it("runs commands only where a shell is allowed", () => {
    const host = nodeHost({ shell: { env: { GREETING: "hello" }, cwd: folder } });
    expect(host.shell?.('echo "$GREETING"; exit 3')).toEqual({ stdout: "hello\n", stderr: "", status: 3 });
  });
});
