import type { Menu } from "../../model/menu.js";
import type { KconfigSymbol } from "../../model/symbol.js";
import { strip } from "../walk/console.js";
import type { ConfSteps } from "../walk/request.js";
import { answerText, answerTristate, takesTristate } from "../values/answer.js";
import type { EarlyConsole } from "./ask.js";

const noHelp = "Sorry, no help available for this option yet.\n";
const answers: Readonly<Record<string, number>> = { n: 0, N: 0, no: 0, No: 0, m: 1, M: 1, y: 2, Y: 2, yes: 2, Yes: 2 };

/** Goes over the whole tree and asks, or answers by itself: every mode of BusyBox' conf is such a walk. */
export class EarlyWalk {
  readonly #console: EarlyConsole;
  readonly #root: Menu;
  /** The menu that is shown at the moment, though it need not have anything new in it. */
  #shown: Menu | undefined;
  #restarts = 0;

  constructor(console: EarlyConsole) {
    this.#console = console;
    this.#root = console.values.tree.root;
  }

  *run(): ConfSteps<void> {
    const console = this.#console;
    if (console.mode !== "silent") {
      // What a select holds on the first way may be free on the second.
      const twice = console.mode === "yes" || console.mode === "mod" || console.mode === "no";
      for (let pass = 0; pass < (twice ? 2 : 1); pass++) {
        this.#shown = this.#root;
        yield* this.#ask(this.#root);
      }
      if (console.mode === "all") {
        console.mode = "silent";
        console.canAsk = true;
      }
    }
    let idle = 0;
    do {
      this.#restarts = 0;
      const before = this.#state();
      yield* this.#check(this.#root);
      idle = this.#state() === before ? idle + 1 : 0;
      // The dice may fall otherwise the next time; everything else stays as it is.
      if (this.#restarts > 0 && idle > (console.mode === "random" ? 100 : 0)) {
        console.run.fail("\nerror: new symbols keep turning up\n");
      }
    } while (this.#restarts > 0);
  }

  #state(): string {
    const { has, tri, text, member } = this.#console.values.user;
    return JSON.stringify([this.#console.linesRead, [...has], [...tri], text, [...member]]);
  }

  *#ask(menu: Menu): ConfSteps<void> {
    const console = this.#console;
    const { values } = console;
    if (!values.isMenuVisible(menu)) return;
    const { prompt, symbol } = menu;
    if (prompt?.kind === "menu" && console.mode === "silent" && this.#shown !== menu) {
      yield* this.#check(menu);
      return;
    }
    if (prompt?.kind === "menu" || prompt?.kind === "comment") {
      const star = console.mark("*");
      console.print(`${star}\n${star} ${prompt.text}\n${star}\n`);
    }
    if (symbol?.isChoice === true) {
      yield* this.#choice(menu, symbol);
      if (values.tri[symbol.id] !== 1) return;
    } else if (symbol !== undefined) {
      const text = symbol.type === "int" || symbol.type === "hex" || symbol.type === "string";
      yield* text ? this.#text(menu, symbol) : this.#tristate(menu, symbol);
    }
    yield* this.#below(symbol === undefined ? 0 : 2, menu);
  }

  *#below(columns: number, menu: Menu): ConfSteps<void> {
    this.#console.indent += columns;
    for (const child of menu.children()) yield* this.#ask(child);
    this.#console.indent -= columns;
  }

  /** Looks for what is new at a node and below it (check_conf). */
  *#check(menu: Menu): ConfSteps<void> {
    const { values, print } = { values: this.#console.values, print: (text: string) => this.#console.print(text) };
    if (!values.isMenuVisible(menu)) return;
    const { symbol } = menu;
    if (symbol !== undefined && values.user.has[symbol.id] === 0) {
      if (values.isChangeable(symbol.id) || (symbol.isChoice && values.tri[symbol.id] === 2)) {
        if (this.#restarts++ === 0) print("*\n* Restart config...\n*\n");
        let around = menu;
        while (around.parent !== undefined && around.prompt?.kind !== "menu") around = around.parent;
        this.#shown = around;
        yield* this.#ask(around);
      }
    }
    for (const child of menu.children()) yield* this.#check(child);
  }

  *#text(menu: Menu, symbol: KconfigSymbol): ConfSteps<void> {
    const console = this.#console;
    const { values } = console;
    for (;;) {
      const now = values.textOf(symbol.id);
      console.print(`${console.margin}${menu.prompt?.text} (${symbol.name}) [${now}] `);
      const { linesRead } = console;
      const line = yield* console.ask(symbol.id, now);
      if (line === "?\n") {
        this.#help(menu);
        continue;
      }
      if (answerText(values, symbol.id, line === "\n" ? now : line.slice(0, -1))) return;
      if (linesRead === console.linesRead) this.#refuse(symbol, now);
    }
  }

  *#tristate(menu: Menu, symbol: KconfigSymbol): ConfSteps<void> {
    const console = this.#console;
    const { values } = console;
    const { id, name } = symbol;
    for (;;) {
      const now = values.tri[id]!;
      const others = [0, 1, 2].filter((value) => value !== now && takesTristate(values, id, value));
      const letters = [
        "NMY"[now],
        ...others.map((value) => "nmy"[value]),
        ...(this.#helpOf(menu) === undefined ? [] : ["?"]),
      ];
      const heading = `${console.margin}${menu.prompt?.text} ${name === "" ? "" : `(${name}) `}`;
      console.print(`${heading}[${letters.join("/")}] `);
      const text = strip(yield* console.ask(id, values.textOf(id)));
      const value = text === "" ? now : Object.hasOwn(answers, text) ? answers[text] : undefined;
      if (value !== undefined && answerTristate(values, id, value)) return;
      if (value !== undefined || text.startsWith("?")) this.#help(menu);
    }
  }

  *#choice(menu: Menu, choice: KconfigSymbol): ConfSteps<void> {
    const console = this.#console;
    const { values } = console;
    const isNew = values.user.has[choice.id] === 0;
    const changeable = values.isChangeable(choice.id);
    if (changeable) {
      yield* this.#tristate(menu, choice);
      values.calculate(choice.id);
    }
    const value = values.tri[choice.id]!;
    if (value === 1 && !changeable) console.print(`${console.margin}${menu.prompt?.text}\n`);
    if (value !== 2) return;
    for (;;) {
      const answer = yield* this.#number(menu, choice, isNew);
      if (answer === undefined) continue;
      const chosen = this.#memberAt(menu, answer.number);
      if (chosen === undefined) {
        if (!answer.asked) this.#refuse(choice, "");
        continue;
      }
      if (answer.help) {
        this.#help(chosen);
        continue;
      }
      answerTristate(values, chosen.symbol!.id, 2);
      yield* this.#below(chosen.list === undefined ? 0 : 2, chosen);
      return;
    }
  }

  /** Lists the members and asks which one; `undefined` where the answer is none. */
  *#number(
    menu: Menu,
    choice: KconfigSymbol,
    isNew: boolean,
  ): ConfSteps<{ readonly number: number; readonly help: boolean; readonly asked: boolean } | undefined> {
    const console = this.#console;
    const { count, current } = this.#list(menu, choice);
    console.print(`${console.margin}choice`);
    if (count === 1) {
      console.print("[1]: 1\n");
      return { number: 1, help: false, asked: false };
    }
    console.print(`[1-${count}${this.#helpOf(menu) === undefined ? "" : "?"}]: `);
    const { mode } = console;
    const asks = mode === "all" || ((mode === "new" || mode === "silent") && isNew);
    if (!asks) {
      const number = mode === "random" ? console.random.below(count) + 1 : current;
      console.print(`${number}\n`);
      return { number, help: false, asked: false };
    }
    console.checkInput();
    const text = strip(yield* console.readLine());
    if (text.startsWith("?")) {
      this.#help(menu);
      return undefined;
    }
    if (text === "") return { number: current, help: false, asked: true };
    if (!/^[0-9]/.test(text)) return undefined;
    return { number: Number.parseInt(text, 10), help: text.endsWith("?"), asked: true };
  }

  #list(menu: Menu, choice: KconfigSymbol): { readonly count: number; readonly current: number } {
    const console = this.#console;
    const { values } = console;
    console.print(`${console.margin}${menu.prompt?.text}\n`);
    const member = values.member[choice.id]!;
    let [count, current] = [0, 0];
    for (const child of menu.children()) {
      if (!values.isMenuVisible(child)) continue;
      const { symbol, prompt } = child;
      if (symbol === undefined) {
        console.print(`${console.mark("*")} ${prompt?.text}\n`);
        continue;
      }
      count++;
      if (symbol.id === member) current = count;
      const name = symbol.name === "" ? "" : ` (${symbol.name})`;
      const fresh = values.user.has[symbol.id] === 0 ? " (NEW)" : "";
      console.print(`${console.mark(symbol.id === member ? ">" : " ")} ${count}. ${prompt?.text}${name}${fresh}\n`);
    }
    return { count, current };
  }

  /** The shown member of that number. */
  #memberAt(menu: Menu, number: number): Menu | undefined {
    let left = number;
    for (const child of menu.children()) {
      if (child.symbol === undefined || !this.#console.values.isMenuVisible(child)) continue;
      if (--left === 0) return child;
    }
    return undefined;
  }

  #helpOf(menu: Menu): string | undefined {
    return menu.symbol?.menus.findLast(({ help }) => help !== undefined)?.help?.();
  }

  #help(menu: Menu): void {
    const help = this.#helpOf(menu);
    this.#console.print(`\n${help === undefined ? noHelp : `${help}\n`}\n`);
  }

  /** C asks on for ever here, since nobody but itself answers. */
  #refuse({ name }: KconfigSymbol, value: string): never {
    return this.#console.run.fail(
      `\nerror: '${name === "" ? "<choice>" : name}' does not take its default "${value}"\n`,
    );
  }
}
