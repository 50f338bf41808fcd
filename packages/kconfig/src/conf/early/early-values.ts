import { isNumber } from "../../evaluate/bounds.js";
import * as Type from "../../evaluate/types.js";
import { rulesOf, type SymbolRules } from "../../evaluate/program.js";
import { createUserValues, type UserValues } from "../../evaluate/values.js";
import * as Kind from "../../expression/kinds.js";
import { NONE, YES_SYMBOL, type Expression, type ExpressionPool } from "../../expression/pool.js";
import type { Menu } from "../../model/menu.js";
import type { KconfigSymbol } from "../../model/symbol.js";
import type { KconfigTree } from "../../model/tree.js";
import { operandsFirst } from "../values/operands-first.js";
import { confProgram, promptIndex, type ConfProgram } from "../values/program.js";
import { rangeOf } from "../values/range.js";
import { boundOf32, toInt32 } from "./numbers32.js";

/** Symbols nested deeper than this are computed from the innermost on. */
const maximumDepth = 250;

/**
 * Values as the tool of Linux 2.6's first years computes them, one by one when somebody asks (sym_calc_value of BusyBox'
 * scripts/kconfig/symbol.c): what the user or a default says counts as far as the symbol is visible, and a hidden symbol
 * has its default whatever the default's condition comes to.
 */
export class EarlyValues {
  readonly tree: KconfigTree;
  readonly modern = false;
  readonly program: ConfProgram;
  readonly symbols: readonly KconfigSymbol[];
  readonly user: UserValues;
  readonly text: string[];
  readonly tri: Uint8Array;
  readonly visible: Uint8Array;
  readonly selected: Uint8Array;
  /** 1 where the value came about: the symbol is shown, selected, or has a default. */
  readonly write: Uint8Array;
  readonly valid: Uint8Array;
  readonly member: Int32Array;
  /** How often values were dropped since the file was read, or what was wrong with it. */
  changes = 1;
  readonly #pool: ExpressionPool;
  readonly #prompts: Uint8Array;
  #modules = 0;
  #depth = 0;

  constructor(tree: KconfigTree) {
    const { pool, table } = tree.internals;
    const count = table.symbols.length;
    const bytes = (): Uint8Array => new Uint8Array(count);
    this.tree = tree;
    this.program = confProgram(tree);
    this.symbols = table.symbols;
    this.user = createUserValues(count);
    this.#pool = pool;
    [this.tri, this.visible, this.selected, this.write, this.valid] = [bytes(), bytes(), bytes(), bytes(), bytes()];
    this.text = this.symbols.map(({ type, name }) => (type === "unknown" ? name : ""));
    this.member = new Int32Array(count).fill(-1);
    this.#prompts = new Uint8Array(this.program.prompts.length);
    for (let constant = 0; constant <= YES_SYMBOL; constant++) this.tri[constant] = constant;
    this.forgetAll();
  }

  /** Everything counts as not computed. */
  forgetAll(): void {
    this.valid.fill(0);
    this.valid.fill(1, 0, YES_SYMBOL + 1);
  }

  /** A value of the user has changed (sym_clear_all_valid). */
  invalidate(): void {
    this.forgetAll();
    this.changes++;
    this.calculate(this.tree.internals.modules.id);
  }

  rules(symbol: number): SymbolRules {
    return rulesOf(this.program, symbol);
  }

  isLogic(symbol: number): boolean {
    const type = this.program.types[symbol]!;
    return type === Type.bool || type === Type.tristate;
  }

  /** The type that counts now: a tristate is a bool while modules are off, and as a shown member of a choice. */
  typeOf(symbol: number): number {
    const type = this.program.types[symbol]!;
    if (type !== Type.tristate) return type;
    const member = this.rules(symbol).choice >= 0 && this.visible[symbol] === 2;
    return member || this.#modules === 0 ? Type.bool : type;
  }

  /** The value as it was computed last. */
  textOf(symbol: number): string {
    return this.isLogic(symbol) ? "nmy"[this.tri[symbol]!]! : this.text[symbol]!;
  }

  /** The tool knows no imply. */
  isPromoted(): boolean {
    return false;
  }

  takesText(symbol: number, text: string): boolean {
    const type = this.program.types[symbol]!;
    if (type === Type.string) return true;
    if (type === Type.unknown || !isNumber(type, text)) return false;
    const range = rangeOf(this, symbol);
    if (range === undefined) return true;
    const value = toInt32(text, type === Type.int ? 10 : 16);
    return value >= boundOf32(this, range.low, type) && value <= boundOf32(this, range.high, type);
  }

  isChangeable(symbol: number): boolean {
    return this.visible[symbol]! > this.selected[symbol]!;
  }

  isMenuVisible(menu: Menu): boolean {
    const { prompt, symbol } = menu;
    if (prompt === undefined) return false;
    if (symbol === undefined) return this.valueOf(prompt.condition) !== 0;
    this.calculate(symbol.id);
    if (this.#prompts[promptIndex(this.program, symbol, prompt)] !== 0) return true;
    if (this.tri[symbol.id] === 0 || !this.isLogic(symbol.id)) return false;
    for (const child of menu.children()) if (this.isMenuVisible(child)) return true;
    return false;
  }

  /** The value of an expression; computes the symbols in it. */
  valueOf(expression: Expression): number {
    if (expression === NONE) return 2;
    const pool = this.#pool;
    const kind = pool.kind(expression);
    const left = pool.left(expression);
    if (kind === Kind.symbol) {
      this.calculate(left);
      return this.tri[left]!;
    }
    if (kind === Kind.not) return 2 - this.valueOf(left);
    if (kind === Kind.and || kind === Kind.or) {
      let result = kind === Kind.and ? 2 : 0;
      for (let index = 0; index < pool.right(expression); index++) {
        const value = this.valueOf(pool.operand(expression, index));
        if (kind === Kind.and ? value < result : value > result) result = value;
      }
      return result;
    }
    const right = pool.right(expression);
    this.calculate(left);
    this.calculate(right);
    const same = this.textOf(left) === this.textOf(right);
    return same === (kind === Kind.equal) ? 2 : 0;
  }

  /** Computes a symbol, and before it whatever it hangs on, unless that is done. */
  calculate(symbol: number): void {
    if (this.valid[symbol] === 1) return;
    if (this.#depth < maximumDepth) {
      this.#calculate(symbol);
      return;
    }
    const depth = this.#depth;
    this.#depth = 0;
    for (const operand of operandsFirst(this, this.#pool, symbol)) this.#calculate(operand);
    this.#depth = depth;
  }

  #calculate(symbol: number): void {
    if (this.valid[symbol] === 1) return;
    this.valid[symbol] = 1;
    const rule = this.rules(symbol);
    const type = this.program.types[symbol]!;
    if (type === Type.unknown) return;
    this.#depth++;
    if (rule.choice < 0) this.write[symbol] = 0;
    this.calculateVisibility(symbol);
    // What others see who ask while this is being computed.
    this.tri[symbol] = 0;
    this.member[symbol] = -1;
    this.text[symbol] = "";
    if (type === Type.bool || type === Type.tristate) this.#logic(symbol, rule);
    else this.#words(symbol, rule, type);
    if (rule.isChoice && this.tri[symbol] === 2) this.member[symbol] = this.#choose(symbol, rule);
    if (symbol === this.tree.internals.modules.id) this.#modules = this.tri[symbol]!;
    if (rule.isChoice) for (const member of rule.members) this.write[member] ||= this.write[symbol]!;
    this.#depth--;
  }

  calculateVisibility(symbol: number): void {
    const rule = this.rules(symbol);
    const first = this.program.promptStart[symbol]!;
    let visible = 0;
    rule.prompts.forEach((condition, index) => {
      const value = this.valueOf(condition);
      this.#prompts[first + index] = value;
      if (value > visible) visible = value;
    });
    const tristate = this.program.types[symbol] === Type.tristate;
    this.visible[symbol] = visible === 1 && (!tristate || this.#modules === 0) ? 2 : visible;
    if (rule.choice >= 0) return;
    const selected = rule.selectedBy === NONE ? 0 : this.valueOf(rule.selectedBy);
    this.selected[symbol] = selected === 1 && this.typeOf(symbol) === Type.bool ? 2 : selected;
  }

  #logic(symbol: number, rule: SymbolRules): void {
    const visible = this.visible[symbol]!;
    let value = 0;
    if (rule.choice >= 0 && visible === 2) value = this.member[rule.choice] === symbol ? 2 : 0;
    else if (visible !== 0 || this.selected[symbol] !== 0) {
      this.write[symbol] = 1;
      if (this.user.has[symbol] === 1) value = this.user.tri[symbol]!;
      else if (!rule.isChoice) value = this.#default(rule) ?? 0;
      value = Math.max(Math.min(value, visible), this.selected[symbol]!);
    } else if (!rule.isChoice) {
      const found = this.#default(rule);
      if (found !== undefined) this.write[symbol] = 1;
      value = found ?? 0;
    }
    this.tri[symbol] = value === 1 && this.typeOf(symbol) === Type.bool ? 2 : value;
  }

  #default({ defaults }: SymbolRules): number | undefined {
    const found = defaults.find(({ condition }) => this.valueOf(condition) !== 0);
    return found === undefined ? undefined : this.valueOf(found.value);
  }

  #words(symbol: number, rule: SymbolRules, type: number): void {
    let text = "";
    const visible = this.visible[symbol] !== 0;
    if (visible) this.write[symbol] = 1;
    if (visible && this.user.has[symbol] === 1) text = this.user.text[symbol] ?? "";
    else {
      const source = rule.defaults.find(({ condition }) => this.valueOf(condition) !== 0)?.symbol ?? -1;
      if (source >= 0) {
        this.write[symbol] = 1;
        this.calculate(source);
        text = this.isLogic(source) ? "n" : this.text[source]!;
      }
    }
    this.text[symbol] = text;
    if (type !== Type.string) this.text[symbol] = this.#clamp(symbol, type, text);
  }

  #clamp(symbol: number, type: number, text: string): string {
    const range = rangeOf(this, symbol);
    if (range === undefined) return text;
    const value = toInt32(text, type === Type.int ? 10 : 16);
    let limit = boundOf32(this, range.low, type);
    if (value >= limit) {
      limit = boundOf32(this, range.high, type);
      if (value <= limit) return text;
    }
    return type === Type.int ? String(limit) : `0x${(limit >>> 0).toString(16)}`;
  }

  /** The member that is y: the user's, else the first default that is shown, else the first one that is. */
  #choose(choice: number, rule: SymbolRules): number {
    const isShown = (member: number): boolean => {
      this.calculateVisibility(member);
      return this.visible[member] !== 0;
    };
    const chosen = this.user.member[choice]!;
    if (chosen >= 0 && isShown(chosen)) return chosen;
    for (const { condition, symbol } of rule.defaults) {
      if (this.valueOf(condition) !== 0 && symbol >= 0 && isShown(symbol)) return symbol;
    }
    const first = rule.members.find(isShown);
    if (first === undefined) this.tri[choice] = 0;
    return first ?? -1;
  }
}
