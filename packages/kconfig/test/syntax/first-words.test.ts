import { describe, expect, it } from "vitest";
import { dialects, loadTree, memoryHost } from "../../src/index.js";
import { parse } from "../../src/parser.js";

describe("lines that start oddly", () => {
  it.for(Object.values(dialects))("are told, and do no harm, for $title", (dialect) => {
    const { diagnostics } = parse("on !A\nif = x\non := y\n", { dialect });
    expect(diagnostics.map(({ line }) => line)).toEqual(expect.arrayContaining([1, 2, 3]));
  });

  it("a symbol in thousands of choices is told once at each place", () => {
    const Kconfig = 'choice\n\tprompt "c"\nconfig A\n\tbool "a"\nendchoice\n'.repeat(2000);
    const { diagnostics } = loadTree({ root: "Kconfig", host: memoryHost({ Kconfig }), dialect: dialects.linux });
    const misplaced = diagnostics.filter(({ code }) => code === "choice-member");
    expect(misplaced).toHaveLength(2000);
  });
});
