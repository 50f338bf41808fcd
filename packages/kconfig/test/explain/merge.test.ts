import { describe, expect, it } from "vitest";
import { applyFragments, diffConfigs, mergeFragments } from "../../src/index.js";
import { configurationOf } from "../support/tree.js";

const format = { prefix: "" };
const fragments = [
  { path: "base.config", text: 'A=y\n# B is not set\nNAME="one"\nN=3\n' },
  { path: "board.config", text: 'B=y\nNAME="two words"\nOTHER=y\nA=y\n' },
];

describe("mergeFragments", () => {
  it("puts later values over earlier ones and remembers both", () => {
    const merged = mergeFragments(fragments, format);
    expect(merged.text).toBe('N=3\nB=y\nNAME="two words"\nOTHER=y\nA=y\n');
    expect(merged.requested.find(({ name }) => name === "B")).toEqual({
      name: "B",
      value: "y",
      path: "board.config",
      line: 1,
      replaces: [{ value: "n", path: "base.config", line: 2 }],
      repeats: [],
    });
    expect(merged.requested.find(({ name }) => name === "A")?.replaces).toEqual([]);
    expect(merged.requested.find(({ name }) => name === "A")?.repeats).toEqual([
      { value: "y", path: "base.config", line: 1 },
    ]);
  });
});

describe("applyFragments", () => {
  it("tells what became of every request", () => {
    const configuration = configurationOf(
      'config A\n\tbool "a"\nconfig B\n\tbool "b"\n\tdepends on C\nconfig C\n\tbool "c"\nconfig NAME\n\tstring "name"\nconfig N\n\tint "n"\n\trange 5 9\n\tdefault 6\n',
    );
    const { requests } = applyFragments(configuration, fragments);
    expect(
      requests.map(({ name, outcome, actual, obstacles }) => [
        name,
        outcome,
        actual,
        obstacles.map(({ kind }) => kind),
      ]),
    ).toEqual([
      ["N", "dropped", "6", ["range"]],
      ["B", "dropped", "n", ["invisible"]],
      ["NAME", "held", "two words", []],
      ["OTHER", "unknown", undefined, []],
      ["A", "held", "y", []],
    ]);
  });
});

describe("diffConfigs", () => {
  it("compares values, not lines", () => {
    expect(diffConfigs("A=y\n# B is not set\nC=1\n", "# head\nC=1\nB=y\nD=m\nA=y\n", format)).toEqual([
      { name: "B", before: "n", after: "y" },
      { name: "D", before: undefined, after: "m" },
    ]);
  });
});
