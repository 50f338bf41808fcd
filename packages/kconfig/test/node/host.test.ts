import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { nodeHost } from "../../src/node.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kconfig-host-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("nodeHost", () => {
  it("reads files of any size in both encodings, one after the other", () => {
    const texts = ["", "é\n", "x".repeat(262_143), `${"y".repeat(262_144)}ä`, "ß".repeat(700_000), "z\n"];
    for (const [index, text] of texts.entries()) writeFileSync(join(folder, `${index}`), text);
    for (const [index, text] of texts.entries()) {
      expect(nodeHost().readFile(join(folder, `${index}`)) === text).toBe(true);
      const bytes = Buffer.from(text).toString("latin1");
      expect(nodeHost({ encoding: "latin1" }).readFile(join(folder, `${index}`)) === bytes).toBe(true);
    }
  });

  it("reads a pipe to its end, though it gives its text in pieces", () => {
    const pipe = join(folder, "pipe");
    execFileSync("mkfifo", [pipe]);
    for (const encoding of ["utf8", "latin1"] as const) {
      spawn("/bin/sh", ["-c", `{ printf one; sleep 0.3; printf two; } > ${pipe}`], { stdio: "ignore" });
      expect(nodeHost({ encoding }).readFile(pipe)).toBe("onetwo");
    }
  });

  it("takes a folder and a file below a file for missing, and says what cannot be read", () => {
    writeFileSync(join(folder, "file"), "");
    expect(nodeHost().readFile(folder)).toBeUndefined();
    expect(nodeHost().readFile(join(folder, "file", "below"))).toBeUndefined();
    expect(() => nodeHost().readFile(join(folder, "x".repeat(5000)))).toThrow(
      expect.objectContaining({ code: "FILE_UNREADABLE" }),
    );
  });

  it("finds what is there behind many files that are not, and says what cannot be read among them", () => {
    writeFileSync(join(folder, "file"), "text\n");
    const loop = join(folder, "loop");
    symlinkSync(loop, loop);
    const host = nodeHost();
    for (let turn = 0; turn < 3; turn++) {
      for (const name of ["a", "b", "file/below", "loop"]) expect(host.readFile(join(folder, name))).toBeUndefined();
      expect(host.readFile(join(folder, "file"))).toBe("text\n");
      expect(host.readFile(folder)).toBeUndefined();
      expect(() => host.readFile(join(folder, "x".repeat(5000)))).toThrow(
        expect.objectContaining({ code: "FILE_UNREADABLE" }),
      );
    }
  });

  it.each(["utf8", "latin1"] as const)("gives texts the fingerprint of files with these contents (%s)", (encoding) => {
    const host = nodeHost({ encoding });
    const paths = ["empty", "text", "missing", "long"].map((name) => join(folder, name));
    writeFileSync(paths[0]!, "");
    writeFileSync(paths[1]!, "\u00e9\u{1f600}\n");
    writeFileSync(paths[3]!, "\u00df".repeat(300_000));
    const texts = paths.map((path) => host.readFile(path));
    const expected = host.fingerprint!(paths);
    expect(host.fingerprint!(paths, texts)).toBe(expected);
    expect(host.fingerprint!(paths, texts.with(2, ""))).not.toBe(expected);
    expect(host.fingerprint!(paths, texts.with(1, "other"))).not.toBe(expected);
  });
});
