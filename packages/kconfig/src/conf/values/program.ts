import { compiledTree } from "../../evaluate/engine.js";
import type { Program } from "../../evaluate/program.js";
import { hashOrder } from "../../model/symbol-table.js";
import type { KconfigSymbol, Property } from "../../model/symbol.js";
import type { KconfigTree } from "../../model/tree.js";

/** What every run over a tree needs and no run changes. */
export interface ConfProgram extends Program {
  /** The place of each prompt among all prompts; those of one symbol follow each other. */
  readonly promptIndex: ReadonlyMap<Property, number>;
  /** The place of each symbol's first prompt. */
  readonly firstPrompt: Int32Array;
  /** The symbols in the order in which C goes over all of them. */
  readonly hashOrder: readonly KconfigSymbol[];
}

const programs = new WeakMap<KconfigTree, ConfProgram>();

/** Compiles a tree for `conf`, once. */
export function confProgram(tree: KconfigTree): ConfProgram {
  const known = programs.get(tree);
  if (known !== undefined) return known;
  const { symbols } = tree.internals.table;
  const promptIndex = new Map<Property, number>();
  const firstPrompt = new Int32Array(symbols.length);
  for (const symbol of symbols) {
    firstPrompt[symbol.id] = promptIndex.size;
    for (const property of symbol.properties) {
      if (property.text !== undefined) promptIndex.set(property, promptIndex.size);
    }
  }
  const order = hashOrder(symbols, tree.dialect.files);
  const program = { ...compiledTree(tree).program, promptIndex, firstPrompt, hashOrder: order };
  programs.set(tree, program);
  return program;
}
