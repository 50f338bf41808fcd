import type { Menu } from "../../model/menu.js";
import type { KconfigSymbol } from "../../model/symbol.js";
import { quoteValue } from "../../config/line.js";
import type { ConfRun } from "../run.js";
import type { LazyValues } from "../values/lazy-values.js";
import { isMenuVisible } from "../values/menu-visibility.js";
import { askChoice } from "./ask-choice.js";
import { askText, askTristate } from "./ask-symbol.js";
import { Console } from "./console.js";
import { extendedHelp } from "./help.js";
import type { ConfSteps } from "./request.js";

/** Which questions there are: all of them, or those about new symbols; or none, and new symbols are listed. */
export type WalkMode = "all" | "new" | "list" | "help";

/** Goes over the menu tree as C's conf does, which starts over at a menu where something in it turns out to be new. */
export class Walk {
  readonly #run: ConfRun;
  readonly #values: LazyValues;
  readonly #console: Console;
  #mode: WalkMode;
  /** The menu that is shown at the moment, though it need not have anything new in it. */
  #shown: Menu | undefined;
  #restarts = 0;

  constructor(run: ConfRun, mode: WalkMode) {
    this.#run = run;
    this.#values = run.values;
    this.#mode = mode;
    this.#console = new Console(run, () => this.#mode === "all");
  }

  *run(): ConfSteps<void> {
    const { root } = this.#values.tree;
    if (this.#mode === "all") {
      this.#shown = root;
      yield* this.#ask(root);
      this.#mode = "new";
    }
    do {
      this.#restarts = 0;
      this.#console.beginPass();
      yield* this.#check(root);
      if (this.#restarts > 0) this.#console.endPass();
    } while (this.#restarts > 0);
  }

  /** Asks about a node and what is below it. */
  *#ask(menu: Menu): ConfSteps<void> {
    const values = this.#values;
    if (!isMenuVisible(values, menu)) return;
    const { symbol, prompt } = menu;
    if (prompt?.kind === "menu" && this.#mode !== "all" && this.#shown !== menu) {
      yield* this.#check(menu);
      return;
    }
    if (prompt?.kind === "menu" || prompt?.kind === "comment") this.#console.heading(prompt.text ?? "");
    if (symbol?.isChoice === true) {
      yield* askChoice(this.#console, menu, symbol, (child) => this.#ask(child));
      if (values.modern || values.tri[symbol.id] !== 1) return;
    } else if (symbol !== undefined) {
      const logic = values.isLogic(symbol.id) || symbol.type === "unknown";
      yield* logic ? askTristate(this.#console, menu, symbol) : askText(this.#console, menu, symbol);
    }
    yield* this.#console.indented(symbol === undefined ? 0 : 2, () => this.#askAll(menu));
  }

  *#askAll(menu: Menu): ConfSteps<void> {
    for (const child of menu.children()) yield* this.#ask(child);
  }

  /** Looks for what is new at a node and below it (check_conf of C). */
  *#check(menu: Menu): ConfSteps<void> {
    if (!isMenuVisible(this.#values, menu)) return;
    if (menu.symbol !== undefined && this.#isNew(menu.symbol)) yield* this.#found(menu, menu.symbol);
    for (const child of menu.children()) yield* this.#check(child);
  }

  #isNew({ id, isChoice }: KconfigSymbol): boolean {
    const values = this.#values;
    if (values.user.has[id] === 1) return false;
    return values.isChangeable(id) || (isChoice && !values.modern && values.tri[id] === 2);
  }

  *#found(menu: Menu, symbol: KconfigSymbol): ConfSteps<void> {
    if (this.#mode === "list") this.#run.print(listing(this.#values, symbol));
    else if (this.#mode === "help") this.#run.print(`-----\n\n${extendedHelp(this.#values, menu)}\n-----\n`);
    else {
      if (this.#restarts++ === 0) this.#run.print("*\n* Restart config...\n*\n");
      const around = menuAround(menu);
      this.#shown = around;
      yield* this.#ask(around);
    }
  }
}

/** The nearest menu around a node, be it the node itself. */
function menuAround(menu: Menu): Menu {
  let at = menu;
  while (at.parent !== undefined && at.prompt?.kind !== "menu") at = at.parent;
  return at;
}

function listing(values: LazyValues, { id, name, type }: KconfigSymbol): string {
  if (name === "" || (type === "unknown" && !values.tree.dialect.semantics.oldRuns)) return "";
  const value = values.textOf(id);
  return `${values.tree.dialect.prefix}${name}=${type === "string" ? quoteValue(value) : value}\n`;
}
