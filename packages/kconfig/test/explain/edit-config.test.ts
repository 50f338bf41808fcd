import { describe, expect, it } from "vitest";
import { editConfig, KconfigError, type ConfigEdit } from "../../src/index.js";
import { configurationOf } from "../support/tree.js";

const tree = `
config NET
	bool "net"
config TLS
	tristate "tls"
	depends on NET
config NAME
	string "name"
config JOBS
	int "jobs"
	range 1 8
config BASE
	hex "base"
choice
	prompt "libc"
config GLIBC
	bool "glibc"
config MUSL
	bool "musl"
endchoice
`;
const text = '# Network\nNET=y\nTLS=y\n\n# the rest\nNAME="one" # kept\nJOBS=4\nGLIBC=y\n# MUSL is not set\n';
const edit = (...edits: readonly ConfigEdit[]): ReturnType<typeof editConfig> =>
  editConfig(configurationOf(tree), text, edits);

function refused(...edits: readonly ConfigEdit[]): string {
  try {
    edit(...edits);
  } catch (error) {
    if (KconfigError.is(error)) return `${error.code} ${error.hint}`;
  }
  return "nothing";
}

describe("editConfig", () => {
  it("changes the line of the symbol alone, and tells what else has another value", () => {
    const report = edit({ kind: "disable", name: "NET" });
    expect(report.text).toBe(text.replace("NET=y", "# NET is not set"));
    expect(report.outcomes).toEqual([{ name: "NET", before: "y", after: "n", wanted: "n", held: true, obstacles: [] }]);
    expect(report.alsoChanged).toEqual([{ name: "TLS", before: "y", after: "n" }]);
  });

  it("knows numbers, texts and lines to take out", () => {
    const report = edit(
      { kind: "set-str", name: "NAME", value: "y" },
      { kind: "set-val", name: "JOBS", value: "2" },
      { kind: "set-val", name: "BASE", value: "ff" },
      { kind: "undefine", name: "TLS" },
    );
    expect(report.text).toBe('# Network\nNET=y\n\n# the rest\nNAME="y"\nJOBS=2\nGLIBC=y\n# MUSL is not set\nBASE=ff\n');
    expect(report.outcomes.every(({ held }) => held)).toBe(true);
  });

  it("moves a choice from one member to another", () => {
    const report = edit({ kind: "enable", name: "MUSL" });
    expect(report.text).toBe(text.replace("GLIBC=y\n# MUSL is not set\n", "# GLIBC is not set\nMUSL=y\n"));
    expect(report.outcomes[0]).toMatchObject({ name: "MUSL", after: "y", held: true });
  });

  it("tells what did not hold, and why", () => {
    const report = edit({ kind: "set-val", name: "JOBS", value: "9" });
    expect(report.outcomes[0]).toMatchObject({
      held: false,
      after: "1",
      obstacles: [{ kind: "range", message: "9 is no int within the range of JOBS, 1 to 8." }],
    });
  });

  it("refuses what the type does not take, and names the nearest symbols", () => {
    expect(refused({ kind: "module", name: "NET" })).toBe("INVALID_VALUE It takes y or n.");
    expect(refused({ kind: "enable", name: "JOBS" })).toBe("INVALID_VALUE It takes a decimal number.");
    expect(refused({ kind: "set-val", name: "TLS", value: "yes" })).toBe("INVALID_VALUE It takes y, m or n.");
    expect(refused({ kind: "set-str", name: "JOBS", value: "4" })).toBe("INVALID_VALUE It takes a decimal number.");
    expect(refused({ kind: "set-val", name: "BASE", value: "xyz" })).toBe(
      "INVALID_VALUE It takes a hexadecimal number.",
    );
    expect(refused({ kind: "enable", name: "NETT" })).toBe("UNKNOWN_SYMBOL Did you mean NET?");
  });
});
