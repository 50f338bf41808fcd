import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, type TestContext } from "vitest";
import { dialects, type Dialect } from "../../src/index.js";
import { busyboxOracle } from "../support/busybox-oracle.js";
import { ConfComparison, type ConfCase, type ConfRunResult } from "../support/conf-comparison.js";
import { brokenTree } from "../support/broken-tree.js";
import { confTools, removeConfTools } from "../support/conf-tools.js";

const first = Number(process.env["KCONFIG_ORACLE_SEED"] ?? 1);
const count = Number(process.env["KCONFIG_ORACLE_COUNT"] ?? (process.env["KCONFIG_ORACLE"] === "all" ? 2000 : 50));

/**
 * What C makes of a mistake by accident, where this package refuses in words of its own: a string that vanishes, options
 * that go to the last entry of a file that is sourced. It has said what C says by then, and written nothing.
 */
function refuses(actual: ConfRunResult, expected: ConfRunResult, before: ConfCase["files"]): boolean {
  if (expected.exitCode !== 0 || actual.exitCode !== 1 || !/^\w+:\d+:error: /m.test(actual.stderr)) return false;
  expect(actual.files).toEqual(before);
  return true;
}

/** Loops do not stop the oldest tools, and then a value is what the evaluation happens to begin with. */
const isLoop = ({ stdout, stderr }: ConfRunResult): boolean => /recursive dependency/.test(stdout + stderr);

async function compareAll(conf: string, dialect: Dialect, folder: string, seeds: number): Promise<number> {
  const { early } = dialect.semantics;
  const comparison = new ConfComparison(conf, dialect, folder);
  const env: Record<string, string> = { HOME: "/home", ...(early ? { TZ: "UTC" } : {}) };
  let [refused, other] = [0, 0];
  for (let seed = first; seed < first + seeds; seed++) {
    const mode = seed % 3 === 0 && !early ? "olddefconfig" : "alldefconfig";
    const more: Record<string, string> = early ? { "include/x": "" } : {};
    const files = { ...brokenTree(seed, dialect), ...more, ".config": `${dialect.prefix}S0=y\n` };
    const run: ConfCase = { mode, files, env, encoding: "latin1", ...(early ? { time: 1_700_000_000 } : {}) };
    const expected = comparison.expected(run);
    // There are trees that C itself does not survive, and messages of BusyBox that print what is in memory.
    if (expected === undefined || /config symbol '(?!\w+' (?:uses|must))/.test(expected.stderr)) continue;
    if (expected.exitCode !== 0) refused++;
    const actual = await comparison.actual(run);
    if (refuses(actual, expected, files)) {
      other++;
      continue;
    }
    const told = (result: ConfRunResult): unknown =>
      isLoop(expected) && expected.exitCode === 0
        ? { seed, exitCode: result.exitCode, stderr: result.stderr }
        : { seed, ...result };
    expect(told(actual)).toEqual(told(expected));
  }
  expect(other).toBeLessThanOrEqual(1 + seeds / 50);
  return refused;
}

describe("broken trees come to the same words, exit code and files", { timeout: 3_600_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), "kconfig-broken-"));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
    removeConfTools();
  });

  for (const { title, dialect, missing, conf } of confTools) {
    it(`as by the conf of ${title}`, async (context) => {
      context.skip(missing !== undefined, missing);
      const refused = await compareAll(conf(), dialect, join(folder, title), count);
      expect(refused).toBeGreaterThan(count / 3);
    });
  }

  it("as by the conf of BusyBox", async (context: TestContext) => {
    const oracle = await busyboxOracle();
    context.skip(typeof oracle === "string", typeof oracle === "string" ? oracle : undefined);
    if (typeof oracle === "string") return;
    const seeds = Math.min(count, 300);
    expect(await compareAll(oracle.conf, dialects.busybox, join(folder, "busybox"), seeds)).toBeGreaterThan(seeds / 3);
  });
});
