import { describe, expect, it } from "vitest";
import { dialects, loadTree, memoryHost } from "../../src/index.js";
import { hasReadingOf, readAsC } from "../../src/conf/reading/read-as-c.js";
import { oddLines } from "../support/odd-lines.js";
import { Random } from "../support/random-tree.js";

const first = Number(process.env["KCONFIG_READING_SEED"] ?? 1);
const count = Number(process.env["KCONFIG_READING_COUNT"] ?? 1500);

/**
 * Where this package refuses what the tool's parser takes: a keyword of other tools that assigns a variable there, and a
 * choice in an if in a choice, which the older tools do not survive later on.
 */
const tolerated = /"def_\w+" is no option|A choice holds no choice/;

// The tool's reading is compared with C elsewhere; it is only asked where the first one finds something.
describe("a text without a finding is none for the tool either, and one that is refused is refused by it", () => {
  for (const dialect of Object.values(dialects).filter((one) => hasReadingOf(one) && !one.semantics.early)) {
    it(`in the dialect ${dialect.name}`, { timeout: 600_000 }, () => {
      let [clean, refused] = [0, 0];
      const different: unknown[] = [];
      for (let seed = first; seed < first + count; seed++) {
        const text = oddLines(new Random(seed));
        const host = {
          ...memoryHost({ Kconfig: text, none: "" }),
          shell: () => ({ stdout: "", stderr: "", status: 0 }),
        };
        const options = { root: "Kconfig", host, dialect, env: {} };
        const { diagnostics, internals } = loadTree(options);
        const findings = diagnostics.slice(0, internals.readFindings);
        const errors = findings
          .filter(({ severity }) => severity === "error")
          .map(({ line, message }) => `${line} ${message}`);
        let said = "";
        const say = (more: string): void => void (said += more);
        const accepted = readAsC(options, { print: say, complain: say });
        if (findings.length === 0) {
          if (!accepted || said !== "") different.push({ seed, text, said });
          clean++;
        } else if (errors.length > 0 && !errors.some((error) => tolerated.test(error))) {
          if (accepted) different.push({ seed, text, errors });
          refused++;
        }
      }
      expect(different).toEqual([]);
      expect(Math.min(clean, refused)).toBeGreaterThan(count / 30);
    });
  }
});
