import { expect, it } from "vitest";
import { escapeKeys } from "../../src/serial/escape-keys.js";

it.each([
  ["nothing special", ["ab\u0003c"], "ab\u0003c", false],
  ["Ctrl-a x", ["ab\u0001xcd"], "ab", true],
  ["Ctrl-a x in two pieces", ["a\u0001", "x"], "a", true],
  ["Ctrl-a Ctrl-a", ["\u0001\u0001x"], "\u0001x", false],
  ["Ctrl-a Ctrl-a in two pieces, then x", ["\u0001", "\u0001", "x"], "\u0001x", false],
  ["another key behind Ctrl-a", ["\u0001e"], "\u0001e", false],
])("understands %s", (_what, pieces, forward, leave) => {
  const understand = escapeKeys();
  const typed = pieces.map(understand);
  expect(typed.map((each) => each.forward).join("")).toBe(forward);
  expect(typed.at(-1)?.leave).toBe(leave);
});

it("understands Ctrl-a r, in two pieces too, and goes on", () => {
  const understand = escapeKeys();
  expect(understand("a\u0001rb")).toEqual({ forward: "ab", leave: false, resize: true });
  expect(understand("\u0001")).toEqual({ forward: "", leave: false, resize: false });
  expect(understand("R")).toEqual({ forward: "", leave: false, resize: true });
});
