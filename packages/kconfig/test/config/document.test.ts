import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ConfigDocument, KconfigError, readConfig } from "../../src/index.js";

const text = '# Architecture\nBR2_x86_64=y\n\n# Tools\n# BR2_CCACHE is not set\nBR2_NAME="one"\nBR2_JOBS=4\n';

describe("ConfigDocument", () => {
  it("changes one line and nothing else", () => {
    const document = ConfigDocument.parse(text).set("BR2_NAME", 'a "b"');
    expect(document.toString()).toBe(text.replace('"one"', '"a \\"b\\""'));
    expect(document.get("BR2_NAME")).toBe('a "b"');
  });

  it("turns symbols on and off in place", () => {
    const document = ConfigDocument.parse(text).set("BR2_CCACHE", "y").set("BR2_x86_64", "n");
    expect(document.toString()).toBe(
      text.replace("# BR2_CCACHE is not set", "BR2_CCACHE=y").replace("BR2_x86_64=y", "# BR2_x86_64 is not set"),
    );
  });

  it("adds new symbols at the end, also after a last line without a line end", () => {
    expect(ConfigDocument.parse("A=y").set("B", "text").unset("C").toString()).toBe('A=y\nB="text"\n# C is not set\n');
    expect(ConfigDocument.parse("A=y\r\n").set("B", "1").toString()).toBe("A=y\r\nB=1\r\n");
    expect(ConfigDocument.parse("").set("B", "y").toString()).toBe("B=y\n");
  });

  it("keeps quotes where they are and writes them where asked", () => {
    expect(ConfigDocument.parse('A="x"\n').set("A", "y").toString()).toBe('A="y"\n');
    expect(ConfigDocument.parse("").set("A", "y", "string").set("B", "12", "string").toString()).toBe(
      'A="y"\nB="12"\n',
    );
    expect(ConfigDocument.parse("A=ff\n").set("A", "fe").toString()).toBe("A=fe\n");
  });

  it("edits the assignment that counts and removes all of them", () => {
    const document = ConfigDocument.parse("A=y\n# x\nA=m\n");
    expect(document.set("A", "y").toString()).toBe("A=y\n# x\nA=y\n");
    expect(document.remove("A")).toBe(true);
    expect(document.toString()).toBe("# x\n");
    expect(document.remove("A")).toBe(false);
  });

  it("knows the dialect's prefix", () => {
    const document = ConfigDocument.parse("CONFIG_A=y\n", { prefix: "CONFIG_" }).set("B", "m");
    expect(document.names()).toEqual(["A", "B"]);
    expect(document.toString()).toBe("CONFIG_A=y\nCONFIG_B=m\n");
  });

  it("refuses what would break the file", () => {
    const document = ConfigDocument.parse(text);
    const code = (run: () => unknown): unknown => {
      try {
        run();
      } catch (error) {
        return KconfigError.is(error) ? error.code : error;
      }
      return undefined;
    };
    expect(code(() => document.set("A", "1\n2"))).toBe("INVALID_VALUE");
    expect(code(() => document.set("A B", "y"))).toBe("INVALID_NAME");
    expect(document.toString()).toBe(text);
  });

  it("gives any text back byte for byte", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("A", "=", '"', "\n", "\r", "#", " ", "y", "\\") }), (any) => {
        expect(ConfigDocument.parse(any).toString()).toBe(any);
      }),
    );
  });

  it("reads back what it wrote and touches no other symbol", () => {
    const name = fc.stringMatching(/^[A-Z][A-Z0-9_]{0,3}$/);
    const value = fc.string().filter((candidate) => !/[\n\r\0]/.test(candidate));
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value)), name, value, (pairs, changed, next) => {
        const document = ConfigDocument.parse("");
        for (const [key, content] of pairs) document.set(key, content, "string");
        const before = new Map(
          readConfig(document.toString(), { prefix: "" }).map((entry) => [entry.name, entry.value]),
        );
        document.set(changed, next);
        const after = new Map(
          readConfig(document.toString(), { prefix: "" }).map((entry) => [entry.name, entry.value]),
        );
        expect(after).toEqual(before.set(changed, next));
      }),
    );
  });
});
