import { compiledTree } from "../../evaluate/engine.js";
import type { Program } from "../../evaluate/program.js";
import { hashOrder } from "../../model/symbol-table.js";
import type { KconfigSymbol, Property } from "../../model/symbol.js";
import type { KconfigTree } from "../../model/tree.js";

/** What every run over a tree needs and no run changes. */
export interface ConfProgram extends Program {
  /** The symbols in the order in which C goes over all of them. */
  readonly hashOrder: readonly KconfigSymbol[];
}

const programs = new WeakMap<KconfigTree, ConfProgram>();

/** Compiles a tree for `conf`, once. */
export function confProgram(tree: KconfigTree): ConfProgram {
  const known = programs.get(tree);
  if (known !== undefined) return known;
  const program = {
    ...compiledTree(tree).program,
    // Not every run goes over all of them.
    get hashOrder() {
      return hashOrder(tree.internals.table.symbols, tree.dialect.files);
    },
  };
  programs.set(tree, program);
  return program;
}

/** The place of a symbol's prompt among all prompts of a program. */
export function promptIndex({ promptStart }: Program, symbol: KconfigSymbol, prompt: Property): number {
  let index = promptStart[symbol.id]!;
  for (const property of symbol.properties) {
    if (property === prompt) break;
    if (property.text !== undefined) index++;
  }
  return index;
}
