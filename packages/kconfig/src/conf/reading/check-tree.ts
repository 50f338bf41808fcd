import { NONE, type Expression } from "../../expression/pool.js";
import { visitSymbols } from "../../expression/symbols-of.js";
import { nextInOrder, type Menu } from "../../model/menu.js";
import { hashOrder } from "../../model/symbol-table.js";
import type { KconfigSymbol, Property } from "../../model/symbol.js";
import type { KconfigTree } from "../../model/tree.js";
import type { ConfVoice as Voice } from "../types.js";

/** What of a symbol is looked at. */
type Part = "dependencies" | "selected" | "implied" | "condition" | "value";

/** A symbol on the way from the first one to the one that closes a loop. */
interface Step {
  readonly symbol: KconfigSymbol;
  part: Part | undefined;
  property: Property | undefined;
}

/** A search that asks for the result of another one. */
type Search = Generator<KconfigSymbol, KconfigSymbol | undefined, KconfigSymbol | undefined>;

/**
 * Looks for symbols that depend on themselves, in the order of the dialect's tool and with its words, and for what Linux
 * since 6.11 does not let members of choices have. Returns whether the tool would go on: the oldest ones do.
 */
export function checkTree(tree: KconfigTree, voice: Voice): boolean {
  const check = new TreeCheck(tree, voice);
  const { semantics, files } = tree.dialect;
  let errors = 0;
  if (semantics.choice === "modern") {
    for (let menu: Menu | undefined = tree.root; menu !== undefined; menu = nextInOrder(menu)) {
      const { symbol } = menu;
      if (symbol === undefined) continue;
      if (check.symbol(symbol)) errors++;
      if (symbol.transitional && check.transitional(menu, symbol)) errors++;
      if (symbol.isChoice) errors += check.members(menu);
    }
  } else {
    for (const symbol of hashOrder(tree.internals.table.symbols, files)) if (check.symbol(symbol)) errors++;
  }
  return errors === 0 || semantics.early;
}

class TreeCheck {
  readonly #tree: KconfigTree;
  readonly #voice: Voice;
  /** Linux since 6.11 or so has other words, and goes by the menus. */
  readonly #modern: boolean;
  /** Linux before 4.19 takes what comes back to where it began for no error, and does not look at dependencies. */
  readonly #lenient: boolean;
  readonly #early: boolean;
  readonly #checked: Uint8Array;
  readonly #open: Uint8Array;
  #steps: Step[] = [];

  constructor(tree: KconfigTree, voice: Voice) {
    const { semantics } = tree.dialect;
    const count = tree.internals.table.symbols.length;
    this.#tree = tree;
    this.#voice = voice;
    this.#modern = semantics.choice === "modern";
    this.#lenient = !semantics.strictCycles;
    this.#early = semantics.early;
    this.#checked = new Uint8Array(count);
    this.#open = new Uint8Array(count);
  }

  /** True where the symbol is part of a loop, or leads to one. Keeps its own stack. */
  symbol(start: KconfigSymbol): boolean {
    this.#steps = [];
    const searches: Search[] = [this.#search(start)];
    let found: KconfigSymbol | undefined;
    for (let search = searches.at(-1); search !== undefined; search = searches.at(-1)) {
      const { done, value } = search.next(found);
      found = undefined;
      if (done === true) {
        searches.pop();
        found = value;
      } else searches.push(this.#search(value!));
    }
    return found !== undefined;
  }

  *#search(symbol: KconfigSymbol): Search {
    const { id } = symbol;
    if (this.#open[id] === 1) {
      if (this.#early) this.#voice.print(`Warning! Found recursive dependency: ${symbol.name}`);
      else this.#tell(symbol);
      return symbol;
    }
    if (this.#checked[id] === 1) return undefined;
    let found: KconfigSymbol | undefined;
    if (this.#early) found = yield* this.#asBusybox(symbol);
    else if (this.#choiceOf(symbol) !== undefined) {
      this.#push(symbol);
      found = yield this.#choiceOf(symbol)!;
      this.#steps.pop();
    } else if (symbol.isChoice) found = yield* this.#choice(symbol);
    else {
      this.#mark(symbol);
      found = yield* this.#reads(symbol);
      this.#open[id] = 0;
    }
    return this.#lenient && found === symbol ? undefined : found;
  }

  /** Since 6.11 or so a symbol is a member of what its first place with a prompt is in. */
  #choiceOf({ choice, menus }: KconfigSymbol): KconfigSymbol | undefined {
    if (!this.#modern) return choice;
    let menu = menus.find(({ prompt }) => prompt !== undefined)?.parent;
    while (menu !== undefined && menu.symbol === undefined) menu = menu.parent;
    return menu?.symbol?.isChoice === true ? menu.symbol : undefined;
  }

  #mark({ id }: KconfigSymbol): void {
    this.#open[id] = 1;
    this.#checked[id] = 1;
  }

  #push(symbol: KconfigSymbol): Step {
    const step: Step = { symbol, part: undefined, property: undefined };
    this.#steps.push(step);
    return step;
  }

  /** BusyBox: choices are as all others, and the way is told backwards. */
  *#asBusybox(symbol: KconfigSymbol): Search {
    this.#mark(symbol);
    const found = yield* this.#reads(symbol);
    if (found !== undefined)
      this.#voice.print(` ${symbol.name === "" ? "(null)" : symbol.name}${found === symbol ? "\n" : ""}`);
    this.#open[symbol.id] = 0;
    return found;
  }

  *#choice(choice: KconfigSymbol): Search {
    const members = this.#modern ? [...symbolsBelow(choice.menus[0]!)] : choice.members;
    this.#push(choice);
    for (const member of members) this.#mark(member);
    this.#mark(choice);
    let found = yield* this.#reads(choice);
    this.#open[choice.id] = 0;
    for (const member of members) {
      if (found !== undefined) break;
      found = yield* this.#reads(member);
    }
    for (const { id } of members) this.#open[id] = 0;
    if (found !== undefined && this.#choiceOf(found) === choice) found = choice;
    this.#steps.pop();
    return found;
  }

  /** Looks at all that a symbol reads. */
  *#reads(symbol: KconfigSymbol): Search {
    const step = this.#push(symbol);
    let found: KconfigSymbol | undefined;
    const look = function* (this: TreeCheck, part: Part, expressions: readonly Expression[]): Search {
      step.part = part;
      for (const expression of expressions) {
        for (const read of symbolsIn(this.#tree, expression)) {
          found = yield read;
          if (found !== undefined) return found;
        }
      }
      return undefined;
    }.bind(this);
    if (!this.#lenient) found = yield* look("dependencies", [symbol.dependencies]);
    found ??= yield* look("selected", symbol.selectedBy);
    if (!this.#lenient) found ??= yield* look("implied", symbol.impliedBy);
    for (const property of symbol.properties) {
      if (found !== undefined) break;
      const { kind } = property;
      if (kind === "select" || kind === "choice" || (kind === "symbol" && (this.#modern || this.#early))) continue;
      if (kind === "imply" && !this.#lenient) continue;
      step.property = property;
      found = yield* look("condition", [property.condition]);
      if (found === undefined && kind === "default" && !symbol.isChoice) found = yield* look("value", [property.value]);
    }
    this.#steps.pop();
    return found;
  }

  /** Tells the way from a symbol back to it. */
  #tell(closing: KconfigSymbol): void {
    const steps = [...this.#steps];
    const choice = this.#choiceOf(closing);
    if (choice !== undefined) steps.push({ symbol: closing, part: undefined, property: undefined });
    const last = choice ?? closing;
    const from = steps.findLastIndex(({ symbol }) => symbol === last);
    if (from < 0) {
      this.#voice.complain("unexpected recursive dependency error\n");
      return;
    }
    for (let index = from; index < steps.length; index++) {
      const step = steps[index]!;
      const next = steps[index + 1]?.symbol ?? last;
      if (this.#modern) this.#tellModern(step, next, step.symbol === last);
      else this.#tellLegacy(step, next, step.symbol === last);
    }
    const manual = this.#lenient ? "kconfig-language.txt" : "kconfig-language.rst";
    this.#voice.complain(
      `For a resolution refer to Documentation/kbuild/${manual}\nsubsection "Kconfig recursive dependency limitations"\n\n`,
    );
  }

  #tellModern({ symbol, part, property }: Step, next: KconfigSymbol, first: boolean): void {
    if (first) this.#voice.complain("error: recursive dependency detected!\n");
    const kind = property?.kind ?? "unknown";
    const name = nameOf(symbol);
    const target = next.name === "" ? "(null)" : next.name;
    const words = ((): string => {
      if (next.isChoice) {
        const { path, line } = next.menus[0]!.location;
        return `${name} is part of choice block at ${path}:${line}`;
      }
      switch (part) {
        case "dependencies":
          return `${name} depends on ${target}`;
        case "selected":
          return `${symbol.name === "" ? "(null)" : symbol.name} is selected by ${target}`;
        case "implied":
          return `${symbol.name === "" ? "(null)" : symbol.name} is implied by ${target}`;
        case "value":
          return `${name} ${kind} value contains ${target}`;
        default:
          return `${name} ${kind} is visible depending on ${target}`;
      }
    })();
    this.#voice.complain(`\tsymbol ${words}\n`);
  }

  #tellLegacy(step: Step, next: KconfigSymbol, first: boolean): void {
    const { symbol, part } = step;
    const isMember = symbol.choice !== undefined;
    let property = step.property ?? symbol.properties[0];
    if (symbol.isChoice || isMember) property = symbol.properties.find(({ menu }) => menu !== undefined);
    const place = property === undefined ? "(null):0" : `${property.location.path}:${property.location.line}`;
    const entry = property?.menu?.location;
    const entryPlace = entry === undefined ? place : `${entry.path}:${entry.line}`;
    if (first) this.#voice.complain(`${place}:error: recursive dependency detected!\n`);
    const [name, target] = [nameOf(symbol), nameOf(next)];
    const kind = property?.kind ?? "unknown";
    const say = (at: string, words: string): void => this.#voice.complain(`${at}:\t${words}\n`);
    const asGroup = (): void => {
      if (symbol.isChoice) say(entryPlace, `choice ${name} contains symbol ${target}`);
      else say(entryPlace, `symbol ${name} is part of choice ${target}`);
    };
    if (this.#lenient) {
      if (part === "value") say(place, `symbol ${name} ${kind} value contains ${target}`);
      else if (step.property !== undefined) say(place, `symbol ${name} depends on ${target}`);
      else if (symbol.isChoice || isMember) asGroup();
      else say(place, `symbol ${name} is selected by ${target}`);
    } else if (symbol.isChoice || isMember) asGroup();
    else if (part === "dependencies") say(place, `symbol ${name} depends on ${target}`);
    else if (part === "selected") say(place, `symbol ${name} is selected by ${target}`);
    else if (part === "implied") say(place, `symbol ${name} is implied by ${target}`);
    else if (part === "value") say(place, `symbol ${name} ${kind} value contains ${target}`);
    else say(place, `symbol ${name} ${kind} is visible depending on ${target}`);
  }

  /** True where a transitional symbol has more than a help text. */
  transitional({ dependencies, visibility, location }: Menu, symbol: KconfigSymbol): boolean {
    const { yes } = this.#tree.internals.pool;
    const isFree = (condition: Expression): boolean => condition === NONE || condition === yes;
    const property = symbol.properties.find(({ kind }) => kind !== "symbol");
    const at = isFree(dependencies) && isFree(visibility) ? property?.location : location;
    if (at === undefined) return false;
    this.#voice.complain(`${at.path}:${at.line}: error: transitional symbols can only have help sections\n`);
    return true;
  }

  /** What members of a choice of Linux since 6.11 have and must not have; how many of them. */
  members(choice: Menu): number {
    let errors = 0;
    for (const menu of menusBelow(choice)) {
      if (menu.symbol === undefined) continue;
      let wrong = false;
      for (const { kind, location, menu: at } of menu.symbol.properties) {
        const say = (words: string): void => {
          wrong = true;
          this.#voice.complain(`${location.path}:${location.line}: error: ${words}\n`);
        };
        if (kind === "default") say("defaults for choice values not supported");
        if (kind !== "prompt" || at === menu) continue;
        if (this.#tree.dialect.syntax.singlePlaces) say("choice value must not have a prompt in another entry");
        else if (at?.parent !== menu.parent) say("choice value has a prompt outside its choice group");
      }
      if (wrong) errors++;
    }
    return errors;
  }
}

const nameOf = ({ name }: KconfigSymbol): string => (name === "" ? "<choice>" : name);

function* menusBelow(root: Menu): Generator<Menu> {
  for (const child of root.children()) {
    yield child;
    yield* menusBelow(child);
  }
}

function* symbolsBelow(root: Menu): Generator<KconfigSymbol> {
  for (const { symbol } of menusBelow(root)) if (symbol !== undefined) yield symbol;
}

/** The symbols of an expression, from left to right. */
function symbolsIn({ internals }: KconfigTree, expression: Expression): KconfigSymbol[] {
  const { pool, table } = internals;
  const symbols: KconfigSymbol[] = [];
  visitSymbols(pool, expression, (symbol) => symbols.push(table.symbols[symbol]!));
  return symbols;
}
