import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { agentContract, agentTools, ipaPreset, pythonSymbols } from "../../src/index.js";
import { buildroot, declaredSymbols, noBuildroot } from "../support/repository.js";

it("Python packages with names of their own are packages of the external tree", () => {
  const known = declaredSymbols(join(ipaPreset.externalTree, "package"));
  expect(Object.values(agentContract.pythonPackages).filter((symbol) => !known.has(symbol))).toEqual([]);
});

describe("the agent's executables", () => {
  it("are each named once", () => {
    const names = agentTools.map((tool) => tool.name);
    expect(names).toEqual([...new Set(names)]);
  });

  it("each name the symbols that bring them, or say why there is none", () => {
    const silent = agentTools.filter((tool) => tool.symbols.length === 0 && tool.note === undefined);
    expect(silent).toEqual([]);
    const symbols = agentTools.flatMap((tool) => tool.symbols);
    expect(symbols.filter((symbol) => !/^BR2_[A-Z0-9_]+$/.test(symbol))).toEqual([]);
  });

  it("come from symbols that real Buildroot declares", (context) => {
    context.skip(noBuildroot !== undefined, noBuildroot);
    const known = new Set(
      ["package", "linux", "system"].flatMap((name) => [...declaredSymbols(join(buildroot, name))]),
    );
    const named = [...agentTools.flatMap((tool) => tool.symbols), ...pythonSymbols];
    expect(named.filter((symbol) => !known.has(symbol))).toEqual([]);
  });
});
