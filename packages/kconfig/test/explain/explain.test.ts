import { describe, expect, it } from "vitest";
import {
  createConfiguration,
  dialects,
  explain,
  findAssignments,
  traceValue,
  whyNot,
  type Trace,
} from "../../src/index.js";
import { configurationOf, treeOf } from "../support/tree.js";

const text = `
config NET
	bool "net"
config TLS
	bool "tls"
	depends on NET
config CRYPTO
	bool
	default y if TLS
config SERVER
	bool "server"
	depends on TLS && !TINY
	select LIBC
config LIBC
	bool "libc"
config TINY
	bool "tiny"
	default y
choice
	prompt "init"
	depends on SERVER
config INIT_A
	bool "a"
config INIT_B
	bool "b"
endchoice
config WORKERS
	int "workers"
	range 1 8
	default 4
`;

describe("explain", () => {
  it("tells where a value comes from", () => {
    const configuration = configurationOf(text);
    for (const [name, value] of [
      ["NET", "y"],
      ["TLS", "y"],
      ["TINY", "n"],
      ["SERVER", "y"],
    ] as const) {
      configuration.assign(name, value);
    }
    const origin = (name: string): string => explain(configuration, name).origin;
    expect(["NET", "CRYPTO", "LIBC", "INIT_A", "WORKERS"].map(origin)).toEqual([
      "user",
      "default",
      "select",
      "choice",
      "default",
    ]);
    expect(explain(configuration, "CRYPTO").location).toEqual({ path: "Kconfig", line: 9 });
    expect(explain(configuration, "LIBC").because).toEqual(["SERVER [=y] && TLS [=y] && !TINY [=n]"]);
    expect(explain(configuration, "SERVER").dependencies).toBe("TLS [=y] && !TINY [=n]");
  });
});

describe("traceValue", () => {
  it("goes back to what the user has set, with file and line", () => {
    const configuration = configurationOf(text);
    configuration.load("NET=y\nTLS=y\n# TINY is not set\nSERVER=y\n", { path: "board.config" });
    const show = ({ symbol, origin, location, from }: Trace): string =>
      `${symbol.name} ${origin}${location === undefined ? "" : ` ${location.path}:${location.line}`}${
        from.length === 0 ? "" : ` (${from.map(show).join(", ")})`
      }`;
    expect(show(traceValue(configuration, "LIBC"))).toBe(
      "LIBC select (SERVER user board.config:4, TLS user board.config:2)",
    );
    expect(show(traceValue(configuration, "CRYPTO"))).toBe("CRYPTO default Kconfig:9 (TLS user board.config:2)");
    configuration.assign("TLS", "y");
    expect(show(traceValue(configuration, "TLS"))).toBe("TLS user");
  });
});

describe("whyNot", () => {
  it("ends where a choice is a member of itself", () => {
    const configuration = configurationOf(
      'choice A\n\tprompt "a"\n\tdepends on B\nchoice A\n\tprompt "a"\nendchoice\nendchoice\n',
    );
    expect(() => whyNot(configuration, "A", "y")).not.toThrow();
  });

  it("tells modules that are off from a limit of m", () => {
    const off = 'config MODULES\n\tbool "modules"\n\tmodules\nconfig A\n\ttristate "a"\n';
    const configuration = createConfiguration(treeOf(off, dialects["linux-6.1"]));
    expect(whyNot(configuration, "A", "m")).toEqual([
      { kind: "limited", message: "A cannot be m without modules, MODULES [=n].", symbols: ["MODULES"] },
    ]);
  });

  it("names each obstacle", () => {
    const configuration = configurationOf(text);
    const kinds = (name: string, value: string): string[] => whyNot(configuration, name, value).map(({ kind }) => kind);
    expect(whyNot(configuration, "SERVER", "y")).toEqual([
      {
        kind: "invisible",
        message: "The prompt at Kconfig:11 needs TLS [=n] && !TINY [=y].",
        symbols: ["TLS", "TINY"],
      },
    ]);
    expect(kinds("CRYPTO", "y")).toEqual(["no-prompt"]);
    expect(kinds("INIT_B", "y")).toEqual(["invisible"]);
    expect(kinds("WORKERS", "9")).toEqual(["range"]);
    expect(kinds("NET", "m")).toEqual(["type"]);
    expect(kinds("NET", "y")).toEqual([]);
    for (const assignment of findAssignments(configuration, "SERVER", "y")[0]!.assignments) {
      configuration.assign(assignment.name, assignment.value);
    }
    expect(kinds("LIBC", "n")).toEqual(["selected"]);
    expect(kinds("INIT_A", "n")).toEqual(["choice"]);
  });

  it("tells a limit of m from an obstacle", () => {
    const modules =
      'config MODULES\n\tdef_bool y\n\tmodules\nconfig A\n\ttristate "a"\n\tdefault m\nconfig B\n\ttristate "b"\n\tdepends on A\n';
    const configuration = createConfiguration(treeOf(modules, dialects["linux-6.1"]));
    expect(whyNot(configuration, "B", "y").map(({ kind }) => kind)).toEqual(["limited"]);
    expect(findAssignments(configuration, "B", "y").map(({ assignments }) => assignments)).toEqual([
      [
        { name: "A", value: "y" },
        { name: "B", value: "y" },
      ],
    ]);
  });
});

describe("findAssignments", () => {
  it("offers what reaches the goal, and nothing superfluous", () => {
    const configuration = configurationOf(text);
    const sets = (name: string, value: string): string[] =>
      findAssignments(configuration, name, value).map(({ assignments }) =>
        assignments
          .map((entry) => `${entry.name}=${entry.value}`)
          .sort()
          .join(" "),
      );
    expect(sets("SERVER", "y")).toEqual(["NET=y SERVER=y TINY=n TLS=y"]);
    expect(sets("CRYPTO", "y")).toEqual(["NET=y TLS=y"]);
    expect(sets("INIT_B", "y")).toEqual(["INIT_B=y NET=y SERVER=y TINY=n TLS=y"]);
    expect(sets("LIBC", "y")).toEqual(["LIBC=y", "NET=y SERVER=y TINY=n TLS=y"]);
    expect(sets("WORKERS", "7")).toEqual(["WORKERS=7"]);
    expect(sets("WORKERS", "70")).toEqual([]);
    expect(configuration.value("NET")).toBe("n");
  });
});

describe("unmetDependencies", () => {
  it("finds selects that break dependencies, in C's words", () => {
    const configuration = configurationOf(
      'config A\n\tbool "a"\n\tselect C\nconfig B\n\tbool "b"\nconfig C\n\tbool "c"\n\tdepends on B\n',
    );
    expect(configuration.unmetDependencies()).toEqual([]);
    configuration.assign("A", "y");
    expect(configuration.unmetDependencies().map(({ warning }) => warning)).toEqual([
      "\nWARNING: unmet direct dependencies detected for C\n  Depends on [n]: B [=n]\n  Selected by [y]:\n  - A [=y]\n",
    ]);
  });
});

describe("snapshots", () => {
  it("bring values back, and forks go their own way", () => {
    const configuration = configurationOf(text);
    const before = configuration.snapshot();
    configuration.assign("NET", "y");
    const fork = configuration.fork();
    fork.assign("TLS", "y");
    expect([configuration.value("TLS"), fork.value("TLS")]).toEqual(["n", "y"]);
    configuration.restore(before);
    expect(configuration.value("NET")).toBe("n");
    expect(() => configurationOf(text).restore(before)).toThrow("another tree");
  });
});
