import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { locateExternalTree } from "../src/index.js";
import { tree } from "./support/repository.js";

describe("locateExternalTree", () => {
  let folder: string;
  let packageUrl: URL;

  function write(path: string): void {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), "");
  }

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "preset-ipa-"));
    packageUrl = pathToFileURL(`${folder}/packages/preset-ipa/`);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("is the clone's own tree in the repository", () => {
    expect(locateExternalTree()).toBe(tree);
  });

  it("prefers the clone's tree to the copy", () => {
    write("pnpm-workspace.yaml");
    write("buildroot-ipa/external.desc");
    write("packages/preset-ipa/tree/external.desc");
    expect(locateExternalTree(packageUrl)).toBe(join(folder, "buildroot-ipa"));
  });

  it("is the copy in the published package, whatever lies around it", () => {
    write("buildroot-ipa/external.desc");
    write("packages/preset-ipa/tree/external.desc");
    expect(locateExternalTree(packageUrl)).toBe(join(folder, "packages/preset-ipa/tree"));
  });

  it("says what to do where there is none", () => {
    expect(() => locateExternalTree(packageUrl)).toThrow(
      expect.objectContaining({ code: "TREE_MISSING", hint: expect.stringContaining("install") }),
    );
  });
});
