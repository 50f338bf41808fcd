import { describe, expect, it } from "vitest";
import { menuTree, type MenuTreeFilter, type MenuTreeNode } from "../../src/index.js";
import { configurationOf } from "../support/tree.js";

const text = `
menu "Network"
config NET
	bool "net"
config TLS
	bool "tls"
	depends on NET
comment "needs a clock"
	depends on TLS
endmenu
choice
	prompt "libc"
config GLIBC
	bool "glibc"
config MUSL
	bool "musl"
endchoice
`;

function show(filter: MenuTreeFilter = {}, config = "NET=y\n"): string[] {
  const configuration = configurationOf(text);
  configuration.load(config);
  const lines = (nodes: readonly MenuTreeNode[], indent: string): string[] =>
    nodes.flatMap((node) => [
      `${indent}${node.name ?? node.prompt}${node.value === undefined ? "" : `=${node.value}`}`,
      ...lines(node.children, `${indent} `),
    ]);
  return lines(menuTree(configuration, filter), "");
}

describe("menuTree", () => {
  it("has menus, choices and symbols with their values", () => {
    expect(show()).toEqual(["Network", " NET=y", "  TLS=n", "   needs a clock", "libc=GLIBC", " GLIBC=y", " MUSL=n"]);
  });

  it("keeps what a filter asks for, and what it hangs on", () => {
    expect(show({ visible: true })).not.toContain("   needs a clock");
    expect(show({ assigned: true })).toEqual(["Network", " NET=y"]);
    expect(show({ enabled: true })).toEqual(["Network", " NET=y", "libc=GLIBC", " GLIBC=y"]);
    expect(show({ match: "tls" })).toEqual(["Network", " NET=y", "  TLS=n"]);
    expect(show({ match: "network" })).toHaveLength(4);
    expect(show({ below: "LIBC" })).toEqual(["GLIBC=y", "MUSL=n"]);
    expect(show({ depth: 1 })).toEqual(["Network", "libc=GLIBC"]);
  });
});
