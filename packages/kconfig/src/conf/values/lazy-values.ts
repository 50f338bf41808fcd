import { tristateText, type Tristate } from "../../base/tristate.js";
import type { DialectSemantics } from "../../dialect/dialect.js";
import { compareValues, holds } from "../../evaluate/compare-values.js";
import * as Flag from "../../evaluate/flags.js";
import * as Type from "../../evaluate/types.js";
import { rulesOf, type SymbolRules } from "../../evaluate/program.js";
import { createUserValues, type UserValues } from "../../evaluate/values.js";
import * as Kind from "../../expression/kinds.js";
import { NONE, YES_SYMBOL, type Expression, type ExpressionPool } from "../../expression/pool.js";
import type { KconfigSymbol } from "../../model/symbol.js";
import type { KconfigTree } from "../../model/tree.js";
import { calculateChoice, chooseMember, defaultMember, settleChoice } from "./choice.js";
import { operandsFirst } from "./operands-first.js";
import { confProgram, type ConfProgram } from "./program.js";
import { clampText, takesText } from "./range.js";

/** Symbols nested deeper than this are computed from the innermost on, in an order of our own. */
const maximumDepth = 250;

/**
 * Values that are computed when somebody asks, symbol by symbol, as sym_calc_value of C does: the order of warnings, and
 * what stays behind where a value is not asked for again, hang on it. For one run of `conf`; `Engine` serves everything else.
 */
export class LazyValues {
  readonly tree: KconfigTree;
  readonly program: ConfProgram;
  readonly symbols: readonly KconfigSymbol[];
  readonly user: UserValues;
  readonly modern: boolean;
  /** True where the values are not those of the .config. */
  changed = true;
  readonly valid: Uint8Array;
  readonly tri: Uint8Array;
  readonly text: string[];
  readonly visible: Uint8Array;
  readonly dependencies: Uint8Array;
  readonly selected: Uint8Array;
  readonly implied: Uint8Array;
  readonly write: Uint8Array;
  /** The member of a legacy choice, -1 for none. */
  readonly member: Int32Array;
  /** 1 where the members of a legacy choice are still to be set to n. */
  readonly unsettled: Uint8Array;
  /** The visibility of each prompt, as it was computed last. */
  readonly prompts: Uint8Array;
  readonly #pool: ExpressionPool;
  readonly #semantics: DialectSemantics;
  readonly #onUnmet: (symbol: KconfigSymbol) => void;
  readonly #memo: Uint8Array;
  readonly #stamps: Uint32Array;
  #stamp = 1;
  #modules = 0;
  #depth = 0;

  /** `onUnmet`: called whenever a symbol is computed that is selected against its dependencies. */
  constructor(tree: KconfigTree, onUnmet: (symbol: KconfigSymbol) => void) {
    const { pool, table } = tree.internals;
    const count = table.symbols.length;
    const bytes = (): Uint8Array => new Uint8Array(count);
    this.tree = tree;
    this.program = confProgram(tree);
    this.symbols = table.symbols;
    this.user = createUserValues(count);
    this.#pool = pool;
    this.#semantics = tree.dialect.semantics;
    this.modern = this.#semantics.choice === "modern";
    this.#onUnmet = onUnmet;
    [this.valid, this.tri, this.visible, this.write, this.unsettled] = [bytes(), bytes(), bytes(), bytes(), bytes()];
    [this.dependencies, this.selected, this.implied] = [bytes(), bytes(), bytes()];
    // What C prints of a text that was never computed.
    this.text = Array.from({ length: count }, (_, symbol) =>
      this.program.types[symbol] === Type.unknown ? this.symbols[symbol]!.name : "(null)",
    );
    this.member = new Int32Array(count).fill(-1);
    this.prompts = new Uint8Array(this.program.prompts.length);
    // Linux since 6.12 keeps the value of an expression until everything is computed anew.
    this.#memo = new Uint8Array(this.modern ? pool.size : 0);
    this.#stamps = new Uint32Array(this.modern ? pool.size : 0);
    for (let constant = 0; constant <= YES_SYMBOL; constant++) this.tri[constant] = constant;
    this.forgetAll();
  }

  /** Everything counts as not computed; what was computed stays until it is computed again. */
  forgetAll(): void {
    this.valid.fill(0);
    this.valid.fill(1, 0, YES_SYMBOL + 1);
    this.#stamp++;
  }

  /** A value of the user has changed: everything is to be computed anew (sym_clear_all_valid of C). */
  invalidate(): void {
    this.forgetAll();
    this.changed = true;
    this.calculate(this.tree.internals.modules.id);
  }

  isLogic(symbol: number): boolean {
    const type = this.program.types[symbol]!;
    return type === Type.bool || type === Type.tristate;
  }

  rules(symbol: number): SymbolRules {
    return rulesOf(this.program, symbol);
  }

  modulesOn(): boolean {
    return this.#modules !== 0;
  }

  /** The type that counts now: a tristate is a bool while modules are off, and as a visible member of a legacy choice. */
  typeOf(symbol: number): number {
    const type = this.program.types[symbol]!;
    if (type !== Type.tristate) return type;
    const member = !this.modern && this.program.choice[symbol]! >= 0 && this.visible[symbol] === 2;
    return member || this.#modules === 0 ? Type.bool : type;
  }

  /** The value as it was computed last. */
  textOf(symbol: number): string {
    const constant = symbol <= YES_SYMBOL && this.#semantics.tristateConstants;
    if (!constant && !this.isLogic(symbol)) return this.text[symbol]!;
    const value = this.tri[symbol] as Tristate;
    if (value === 1 && this.#semantics.moduleTextNeedsModules && symbol > YES_SYMBOL) {
      const modules = this.tree.internals.modules.id;
      this.calculate(modules);
      if (this.tri[modules] === 0) return "n";
    }
    return tristateText(value);
  }

  isPromoted(symbol: number): boolean {
    return this.#semantics.imply === "promote" && this.implied[symbol] === 2;
  }

  takesText(symbol: number, text: string): boolean {
    return takesText(this, symbol, text);
  }

  isChangeable(symbol: number): boolean {
    if (this.modern && this.isChoice(symbol)) return false;
    return this.visible[symbol]! > this.selected[symbol]!;
  }

  /** The value of an expression; computes the symbols in it. */
  valueOf(expression: Expression): number {
    if (expression === NONE) return 2;
    if (!this.modern) return this.#evaluate(expression);
    if (this.#stamps[expression] !== this.#stamp) {
      this.#memo[expression] = this.#evaluate(expression);
      this.#stamps[expression] = this.#stamp;
    }
    return this.#memo[expression]!;
  }

  #evaluate(expression: Expression): number {
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
    const constants = this.#semantics.tristateConstants ? Type.tristate : Type.unknown;
    const typeOf = (symbol: number): number => (symbol <= YES_SYMBOL ? constants : this.program.types[symbol]!);
    const order = compareValues(this.textOf(left), typeOf(left), this.textOf(right), typeOf(right));
    return holds(kind, order) ? 2 : 0;
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
    this.#depth++;
    const choice = this.program.choice[symbol]!;
    if (choice >= 0 && this.unsettled[symbol] === 1) {
      this.unsettled[symbol] = 0;
      this.calculate(choice);
    }
    this.valid[symbol] = 1;
    const type = this.program.types[symbol]!;
    if (type !== Type.unknown) {
      this.write[symbol] = 0;
      this.calculateVisibility(symbol);
      if (this.visible[symbol] !== 0) this.write[symbol] = 1;
      // What others see who ask while this is being computed.
      this.tri[symbol] = 0;
      this.member[symbol] = -1;
      this.text[symbol] = this.#emptyText(type);
      if (type === Type.bool || type === Type.tristate) this.#logic(symbol, choice);
      else this.#words(symbol, type);
      this.#finish(symbol);
    }
    this.#depth--;
  }

  #emptyText(type: number): string {
    if (this.#semantics.emptyNumber === "empty" || (type !== Type.int && type !== Type.hex)) return "";
    return type === Type.int ? "0" : "0x0";
  }

  /** The visibility of a symbol and what the three kinds of dependencies come to (sym_calc_visibility of C). */
  calculateVisibility(symbol: number): void {
    const { program } = this;
    const choice = program.choice[symbol]!;
    const tristate = program.types[symbol] === Type.tristate;
    const end = program.promptStart[symbol + 1]!;
    let visible = 0;
    for (let index = program.promptStart[symbol]!; index < end; index++) {
      let value = this.valueOf(program.prompts[index]!);
      // A member of a legacy choice that could only be m is hidden while its choice is y.
      if (value === 1 && !this.modern && choice >= 0 && tristate && this.tri[choice] === 2) value = 0;
      this.prompts[index] = value;
      if (value > visible) visible = value;
    }
    this.visible[symbol] = visible === 1 && (!tristate || this.#modules === 0) ? 2 : visible;
    if (choice >= 0) return;
    const dependencies = this.#raised(symbol, this.valueOf(program.dependencies[symbol]!));
    this.dependencies[symbol] = dependencies;
    const selectedBy = program.selectedBy[symbol]!;
    this.selected[symbol] = selectedBy === NONE ? 0 : this.#raised(symbol, this.valueOf(selectedBy));
    const impliedBy = program.impliedBy[symbol]!;
    const implied = impliedBy !== NONE && (this.#semantics.imply === "cap" || dependencies !== 0);
    this.implied[symbol] = implied ? this.#raised(symbol, this.valueOf(impliedBy)) : 0;
  }

  /** A condition raised from m to y where the symbol cannot be m. */
  #raised(symbol: number, value: number): number {
    return value === 1 && this.typeOf(symbol) === Type.bool ? 2 : value;
  }

  #logic(symbol: number, choice: number): void {
    let value = 0;
    if (choice >= 0 && this.modern) {
      calculateChoice(this, choice);
      value = this.tri[symbol]!;
    } else if (choice >= 0 && this.visible[symbol] === 2) value = this.member[choice] === symbol ? 2 : 0;
    else {
      value = this.#ownValue(symbol);
      if (this.dependencies[symbol]! < this.selected[symbol]!) this.#onUnmet(this.symbols[symbol]!);
      value = Math.max(value, this.selected[symbol]!);
    }
    if (value === 1 && (this.isPromoted(symbol) || this.typeOf(symbol) === Type.bool)) value = 2;
    this.tri[symbol] = value;
  }

  /** The value of a bool or tristate symbol before what selects it. */
  #ownValue(symbol: number): number {
    const visible = this.visible[symbol]!;
    if (visible !== 0 && this.user.has[symbol] === 1) return Math.min(this.user.tri[symbol]!, visible);
    if (this.selected[symbol] !== 0) this.write[symbol] = 1;
    if (this.isChoice(symbol)) return 0;
    let value = 0;
    const { defaultStart, defaultCondition, defaultValue } = this.program;
    const end = defaultStart[symbol + 1]!;
    for (let index = defaultStart[symbol]!; index < end; index++) {
      const holding = this.valueOf(defaultCondition[index]!);
      if (holding === 0) continue;
      value = Math.min(this.valueOf(defaultValue[index]!), holding);
      if (value !== 0) this.write[symbol] = 1;
      break;
    }
    if (this.implied[symbol] === 0) return value;
    this.write[symbol] = 1;
    value = Math.max(value, this.implied[symbol]!);
    return this.#semantics.imply === "cap" ? Math.min(value, this.dependencies[symbol]!) : value;
  }

  /** The symbol that the first default is whose condition is not n, -1 for none. */
  #defaultSymbol(symbol: number): number {
    const { defaultStart, defaultCondition, defaultSymbol } = this.program;
    const end = defaultStart[symbol + 1]!;
    for (let index = defaultStart[symbol]!; index < end; index++) {
      if (this.valueOf(defaultCondition[index]!) !== 0) return defaultSymbol[index]!;
    }
    return -1;
  }

  isChoice(symbol: number): boolean {
    return (this.program.flags[symbol]! & Flag.choice) !== 0;
  }

  #words(symbol: number, type: number): void {
    let value = this.text[symbol]!;
    if (this.visible[symbol] !== 0 && this.user.has[symbol] === 1) value = this.user.text[symbol] ?? "";
    else {
      const source = this.#defaultSymbol(symbol);
      if (source >= 0) {
        this.write[symbol] = 1;
        this.calculate(source);
        value = this.isLogic(source) ? "n" : this.text[source]!;
      }
    }
    this.text[symbol] = value;
    if (type !== Type.string) this.text[symbol] = clampText(this, symbol, type, this.#semantics.rangeClamp === "text");
  }

  #finish(symbol: number): void {
    const isChoice = this.isChoice(symbol);
    if (isChoice && !this.modern && this.tri[symbol] === 2) this.member[symbol] = chooseMember(this, symbol);
    if (symbol === this.tree.internals.modules.id) this.#modules = this.tri[symbol]!;
    if (isChoice && !this.modern && this.write[symbol] === 1) {
      for (const member of this.rules(symbol).members) if (this.visible[member] !== 0) this.write[member] = 1;
    }
    if ((this.program.flags[symbol]! & Flag.noWrite) !== 0) this.write[symbol] = 0;
    if (isChoice && this.unsettled[symbol] === 1) settleChoice(this, symbol);
  }

  /** The member that a choice has by its defaults, else its first visible one. */
  defaultMember(choice: number): number {
    return defaultMember(this, choice);
  }
}
