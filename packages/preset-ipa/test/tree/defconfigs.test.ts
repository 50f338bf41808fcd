import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { agentTools, pythonSymbols } from "../../src/index.js";
import { buildroot, noBuildroot, tree } from "../support/repository.js";

// One output folder for all: Buildroot compiles its Kconfig program once.
const output = mkdtempSync(join(tmpdir(), "preset-ipa-"));
const defconfigs = readdirSync(join(tree, "configs")).sort();

function make(...args: string[]): void {
  const { PATH, HOME } = process.env;
  execFileSync("make", ["-C", buildroot, `O=${output}`, `BR2_EXTERNAL=${tree}`, ...args], {
    env: { PATH, HOME, TERM: "dumb" } as NodeJS.ProcessEnv,
    stdio: "pipe",
  });
}

function lines(name: string): string[] {
  return readFileSync(join(output, name), "utf8").split("\n");
}

afterAll(() => rmSync(output, { recursive: true, force: true }));

describe("with real Buildroot", () => {
  it.for(defconfigs)(
    "%s configures with no line dropped, and savedefconfig gives it back",
    { timeout: 300_000 },
    (name, context) => {
      context.skip(noBuildroot !== undefined, noBuildroot);
      make(name);
      const config = new Set(lines(".config"));
      const wanted = readFileSync(join(tree, "configs", name), "utf8").split("\n");
      expect(wanted.filter((line) => line !== "" && !config.has(line))).toEqual([]);

      make("savedefconfig", `BR2_DEFCONFIG=${join(output, "saved")}`);
      expect(lines("saved")).toEqual(wanted);
    },
  );

  it("openstack_ipa_defconfig brings every executable of the contract", { timeout: 300_000 }, (context) => {
    context.skip(noBuildroot !== undefined, noBuildroot);
    make("openstack_ipa_defconfig");
    const config = new Set(lines(".config"));
    const needed = agentTools.filter((tool) => tool.tier !== "optional").flatMap((tool) => tool.symbols);
    expect([...needed, ...pythonSymbols].filter((symbol) => !config.has(`${symbol}=y`))).toEqual([]);
  });
});
