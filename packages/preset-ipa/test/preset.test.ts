import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ipaPreset } from "../src/index.js";
import { buildroot, noBuildroot } from "./support/repository.js";

it("names a defconfig that its tree has", () => {
  expect(existsSync(join(ipaPreset.externalTree, "configs", ipaPreset.defaultDefconfig))).toBe(true);
});

it("pins the release that the submodule is at", (context) => {
  context.skip(noBuildroot !== undefined, noBuildroot);
  const head = execFileSync("git", ["-C", buildroot, "rev-parse", "HEAD"], { encoding: "utf8" }).trim();
  expect(ipaPreset.buildroot.commit).toBe(head);
});
