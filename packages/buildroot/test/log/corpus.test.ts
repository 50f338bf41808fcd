import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explainLog } from "../../src/index.js";
import { CauseFinder, type Cause } from "../../src/log/cause.js";
import { causeScanner } from "../../src/log/explain.js";
import { plainLine } from "../../src/log/lines.js";
import { judgeLine, keywords, parseMakeError } from "../../src/log/patterns.js";
import { parseStep } from "../../src/log/step.js";

interface Expected {
  readonly package?: string;
  /** A pattern. */
  readonly step?: string;
  readonly kind: string;
  /** A pattern that the first line of the cause fits. */
  readonly line: string;
  readonly alsoFailed?: readonly string[];
}

const folder = fileURLToPath(new URL("../corpus/logs", import.meta.url));
const names = existsSync(folder)
  ? (await readdir(folder)).filter((name) => name.endsWith(".log")).map((name) => name.slice(0, -4))
  : [];

const expectedOf = async (name: string): Promise<Expected> =>
  JSON.parse(await readFile(`${folder}/${name}.json`, "utf8")) as Expected;

/** What is wrong with an explanation; empty if it is as expected. */
function differences(cause: Cause, expected: Expected): string[] {
  const fits = (pattern: string | undefined, text: string | undefined): boolean =>
    pattern === undefined ? text === undefined : new RegExp(`^(?:${pattern})$`).test(text ?? "");
  const wrong: string[] = [];
  if (cause.package !== expected.package) wrong.push(`package ${cause.package}, not ${expected.package}`);
  if (!fits(expected.step, cause.step)) wrong.push(`step ${cause.step}, not ${expected.step}`);
  if (cause.kind !== expected.kind) wrong.push(`kind ${cause.kind}, not ${expected.kind}`);
  if (!new RegExp(expected.line).test(cause.lines[0] ?? ""))
    wrong.push(`line "${cause.lines[0]}", not /${expected.line}/`);
  const also = cause.alsoFailed.map((one) => one.package);
  if (expected.alsoFailed !== undefined && also.join() !== expected.alsoFailed.join())
    wrong.push(`also ${also.join()}`);
  return wrong;
}

describe("the corpus of provoked failures", () => {
  it("has at least 40 logs", () => expect(names.length).toBeGreaterThanOrEqual(40));

  it("is explained: package, step, kind and first line", async () => {
    const wrong: string[] = [];
    for (const name of names) {
      const differing = differences(await explainLog(`${folder}/${name}.log`), await expectedOf(name));
      if (differing.length > 0) wrong.push(`${name}: ${differing.join("; ")}`);
    }
    const right = names.length - wrong.length;
    const precision = right / names.length;
    process.stdout.write(
      `failure corpus: ${right} of ${names.length} explained in full, precision ${(precision * 100).toFixed(1)} %\n`,
    );
    expect(wrong).toEqual([]);
  });

  it("tells the line of the log at which the cause stands", async () => {
    for (const name of names) {
      const { line, lines, offset } = await explainLog(`${folder}/${name}.log`);
      const text = (await readFile(`${folder}/${name}.log`, "utf8")).split("\n");
      const told = offset === undefined ? "" : plainLine(text[(line ?? 1) - 1] ?? "");
      expect(lines.join("\n")).toContain(told);
    }
  });

  it("names no machine", async () => {
    for (const name of names) {
      const text = await readFile(`${folder}/${name}.log`, "utf8");
      expect(text).not.toMatch(/(?<!\/home\/user)\/(?:work|root|srv)\/|\.pyenv|\.cargo/);
    }
  });
});

describe("the search for words in bytes", () => {
  const causeOf = (pieces: readonly Uint8Array[]): Cause => {
    const finder = new CauseFinder();
    const scanner = causeScanner(finder);
    for (const piece of pieces) scanner.push(piece);
    scanner.end();
    return finder.result();
  };

  it("misses no line that a pattern fits", async () => {
    const missed: string[] = [];
    for (const name of names) {
      for (const raw of (await readFile(`${folder}/${name}.log`, "utf8")).split("\n")) {
        const line = plainLine(raw);
        if (judgeLine(line) === undefined && parseMakeError(line) === undefined && parseStep(line) === undefined)
          continue;
        const folded = line.toLowerCase();
        if (!keywords.some((word) => folded.includes(word))) missed.push(line);
      }
    }
    expect(missed).toEqual([]);
  });

  it("tells the same however the log comes in pieces", async () => {
    const logs = await Promise.all(names.map((name) => readFile(`${folder}/${name}.log`)));
    fc.assert(
      fc.property(fc.nat(Math.max(0, logs.length - 1)), fc.array(fc.nat(4000), { maxLength: 40 }), (which, sizes) => {
        const log = logs[which];
        if (log === undefined) return;
        const pieces: Uint8Array[] = [];
        let at = 0;
        for (const size of sizes) {
          pieces.push(log.subarray(at, at + size));
          at += size;
        }
        pieces.push(log.subarray(at));
        expect(causeOf(pieces)).toEqual(causeOf([log]));
      }),
      { numRuns: 60 },
    );
  });
});
