import type { Diagnostic } from "../base/diagnostics.js";
import { isNumber } from "../evaluate/bounds.js";
import type { Engine } from "../evaluate/engine.js";
import { hashOrder } from "../model/symbol-table.js";
import { assignConfigLines } from "./assign-lines.js";
import { LineTable } from "../base/position.js";
import { tristateText, type Tristate } from "../base/tristate.js";
import { readConfig } from "./read.js";

/** What loading a .config has found. */
export interface LoadReport {
  /** What the C tool warns about, and unknown symbols, which it passes over in silence. */
  readonly diagnostics: readonly Diagnostic[];
  /** Names that the tree does not define. */
  readonly unknown: readonly string[];
  /** True where the evaluated configuration differs from what the file says. */
  readonly changed: boolean;
}

/**
 * Loads the text of a .config or defconfig in place of all values of the user, and evaluates: conf_read of C. As there,
 * some values that are found to be void are forgotten only after they were evaluated with the others.
 */
export function loadConfig(engine: Engine, text: string, path: string): LoadReport {
  const loader = new Loader(engine);
  return loader.load(text, path);
}

class Loader {
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  load(text: string, path: string): LoadReport {
    const engine = this.#engine;
    const { diagnostics, unknown, warnings } = assignConfigLines(engine, text, path);
    engine.invalidate();
    engine.update();
    const { choice, kconfiglib } = engine.tree.dialect.semantics;
    const legacy = choice === "legacy" && !kconfiglib;
    const unsaved = legacy ? this.#forgetVoidValues(this.#countUnsaved()) : this.#countUnsaved();
    const findings = [...diagnostics, ...this.#findPromptless(text, path)];
    return { diagnostics: findings, unknown, changed: unknown.length > 0 || warnings > 0 || unsaved > 0 };
  }

  /** Lines that give another value to a symbol than it has, where it has no prompt: they do nothing. */
  #findPromptless(text: string, path: string): Diagnostic[] {
    const { user, program, evaluator, symbols, tree } = this.#engine;
    const idle = symbols.filter(({ id, isChoice, transitional, choice }) => {
      if (user.has[id] === 0 || isChoice || transitional || choice !== undefined) return false;
      if (program.promptStart[id] !== program.promptStart[id + 1]) return false;
      const wanted = this.#engine.isLogic(id) ? tristateText(user.tri[id] as Tristate) : user.text[id];
      return wanted !== undefined && wanted !== evaluator.textOf(id);
    });
    if (idle.length === 0) return [];
    const lines = new Map(readConfig(text, { dialect: tree.dialect }).map(({ name, line }) => [name, line]));
    const table = new LineTable(text);
    return idle.flatMap(({ name, id }): Diagnostic[] => {
      const line = lines.get(name);
      if (line === undefined) return [];
      return [
        {
          code: "config-promptless-symbol",
          severity: "information",
          message: `${name} has no prompt: it stays ${JSON.stringify(evaluator.textOf(id))}, and the line has no effect.`,
          path,
          line,
          column: 1,
          excerpt: table.line(line).slice(0, 200),
          hint: "Set what selects it, or what its default hangs on.",
        },
      ];
    });
  }

  /** How many symbols have a value that the file did not give them. */
  #countUnsaved(): number {
    const { user, values, evaluator, symbols } = this.#engine;
    let count = 0;
    for (const symbol of symbols) {
      if (symbol.isChoice || symbol.noWrite || symbol.isConstant) continue;
      const { id } = symbol;
      const has = user.has[id] === 1;
      const write = values.write[id] === 1;
      if (!has && !write) continue;
      if (has && write) {
        const same = this.#engine.isLogic(id)
          ? user.tri[id] === values.tri[id]
          : user.text[id] === evaluator.textOf(id);
        if (same) continue;
      }
      count++;
    }
    return count;
  }

  #forgetVoidValues(unsaved: number): number {
    const { user, values, tree, symbols } = this.#engine;
    let count = unsaved;
    const refreshed = new Set<number>();
    for (const symbol of hashOrder(symbols, tree.dialect.files)) {
      const { id } = symbol;
      if (user.has[id] === 0 || symbol.choice !== undefined) continue;
      if (values.visible[id] === 0 && count === 0) user.has[id] = 0;
      if (symbol.type !== "int" && symbol.type !== "hex") continue;
      if (isWithinRange(this.#engine, id, user.text[id] ?? "")) continue;
      if (!tree.dialect.semantics.rangeKeepsUser) user.has[id] = 0;
      this.#engine.refresh(refreshed.add(id));
      count++;
    }
    this.#engine.invalidateLater();
    return count;
  }
}

/** True where the text is a number within the range that counts now. */
export function isWithinRange(engine: Engine, symbol: number, text: string): boolean {
  const type = engine.program.types[symbol]!;
  return isNumber(type, text) && engine.evaluator.isInRange(symbol, type, text);
}
