import { describe, expect, it } from "vitest";
import { compareTrees, dialects } from "../../src/index.js";
import { treeOf } from "../support/tree.js";

const before = `
config KEPT
	bool "kept"
config OLD_NAME
	bool "the same prompt as before"
config PACKAGE_FOO_SERVER
	bool "server"
config LEGACY_ONE
	bool "one"
config GONE
	bool "gone"
config LEVEL
	int "level"
	default 3
config KIND
	bool "kind"
config NEEDS
	bool "needs"
`;
const after = `
config BR2_LEGACY
	bool
config KEPT
	bool "kept"
	default y
config NEW_NAME
	bool "the same prompt as before"
config PACKAGE_FOO_DAEMON_SERVER
	bool "the server"
config ONE
	bool "number one"
config LEGACY_ONE
	bool "one has been renamed"
	select BR2_LEGACY
	select ONE
config LEVEL
	int "level"
	default 4
config KIND
	string "kind"
config NEEDS
	bool "needs"
	depends on FRESH
config FRESH
	bool "fresh"
`;

describe("compareTrees", () => {
  it("tells renamed from removed and new", () => {
    const report = compareTrees(treeOf(before), treeOf(after));
    expect(report.renamed).toEqual([
      { from: "OLD_NAME", to: "NEW_NAME", evidence: "prompt" },
      { from: "PACKAGE_FOO_SERVER", to: "PACKAGE_FOO_DAEMON_SERVER", evidence: "name" },
      { from: "LEGACY_ONE", to: "ONE", evidence: "select" },
    ]);
    expect(report.removed.map(({ name }) => name)).toEqual(["GONE"]);
    expect(report.added.map(({ name }) => name)).toEqual(["BR2_LEGACY", "FRESH"]);
    expect(report.changedTypes).toEqual([{ name: "KIND", before: "bool", after: "string" }]);
    expect(report.changedDefaults.map(({ name, before: was, after: is, value }) => [name, was, is, value])).toEqual([
      ["KEPT", [], ["y"], { before: "n", after: "y" }],
      ["LEVEL", ["3"], ["4"], { before: "3", after: "4" }],
      ["KIND", [], [], { before: "n", after: "" }],
    ]);
  });

  it("tells what becomes of each line of a defconfig, and renames in place", () => {
    const text = "# Board\nOLD_NAME=y\nGONE=y\nKEPT=y\nLEVEL=7\nNEEDS=y\n";
    const report = compareTrees(treeOf(before), treeOf(after), { config: { path: "defconfig", text } });
    expect(report.lines.map(({ line, name, status, renamedTo }) => [line, name, status, renamedTo])).toEqual([
      [2, "OLD_NAME", "renamed", "NEW_NAME"],
      [3, "GONE", "removed", undefined],
      [4, "KEPT", "redundant", undefined],
      [5, "LEVEL", "kept", undefined],
      [6, "NEEDS", "dropped", undefined],
    ]);
    expect(report.lines[4]?.obstacles[0]?.message).toBe("The prompt at Kconfig:23 needs FRESH [=n].");
    expect(report.text).toBe(text.replace("OLD_NAME", "NEW_NAME"));
  });

  it("follows Linux' transitional symbols", () => {
    const old = 'config MODULES\n\tdef_bool y\n\tmodules\nconfig FOO\n\ttristate "foo"\n';
    const next =
      'config MODULES\n\tdef_bool y\n\tmodules\nconfig FOO\n\ttristate\n\ttransitional\nconfig BAR\n\ttristate "bar driver"\n\tdefault FOO\n';
    const report = compareTrees(treeOf(old, dialects.linux), treeOf(next, dialects.linux));
    expect(report.renamed).toEqual([{ from: "FOO", to: "BAR", evidence: "default" }]);
  });
});
