import { tristateText, type Tristate } from "../base/tristate.js";
import type { DialectSemantics } from "../dialect/dialect.js";
import * as Kind from "../expression/kinds.js";
import { NONE, YES_SYMBOL, type Expression, type ExpressionPool } from "../expression/pool.js";
import type { KconfigTree } from "../model/tree.js";
import { boundNumber, numberOf, printBound } from "./bounds.js";
import { compareValues, holds } from "./compare-values.js";
import type { Graph } from "./graph.js";
import * as Type from "./types.js";
import * as Flag from "./flags.js";
import { membersOf, type Program } from "./program.js";
import { createComputedValues, type ComputedValues, type UserValues } from "./values.js";

/** Computes one node at a time from nodes that are computed already; the rules are those of C's symbol.c. */
export class Evaluator {
  readonly values: ComputedValues;
  readonly #program: Program;
  readonly #pool: ExpressionPool;
  readonly #semantics: DialectSemantics;
  readonly #user: UserValues;
  readonly #modules: number;
  readonly #firstSymbol: number;
  readonly #firstAuxiliary: number;
  readonly #constantType: number;
  readonly #modernChoices: boolean;
  readonly #names: readonly string[];

  constructor(tree: KconfigTree, program: Program, graph: Graph, user: UserValues) {
    const { pool, modules, table } = tree.internals;
    this.#program = program;
    this.#pool = pool;
    this.#semantics = tree.dialect.semantics;
    this.#user = user;
    this.#modules = modules.id;
    this.#firstSymbol = graph.firstSymbol;
    this.#firstAuxiliary = graph.firstAuxiliary;
    this.#constantType = this.#semantics.tristateConstants ? Type.tristate : Type.unknown;
    this.#modernChoices = this.#semantics.choice === "modern";
    this.#names = table.symbols.map((symbol) => symbol.name);
    this.values = createComputedValues(table.symbols.length, graph.firstSymbol);
    this.reset();
  }

  /** Puts every value to what it is before anything is evaluated. */
  reset(): void {
    const { expressions, tri, text, visible, dependencies, selected, implied, write, member } = this.values;
    for (const array of [expressions, tri, visible, dependencies, selected, implied, write]) array.fill(0);
    // A symbol without a type has its name as its text, as constants have.
    for (let symbol = 0; symbol < text.length; symbol++) {
      text[symbol] = this.#program.types[symbol] === Type.unknown ? this.#names[symbol]! : "";
    }
    member.fill(-1);
    expressions[NONE] = 2;
    for (let symbol = 0; symbol <= YES_SYMBOL; symbol++) {
      tri[symbol] = symbol;
    }
  }

  /** Computes a node; true where what others read of it has changed. */
  evaluate(node: number): boolean {
    if (node < this.#firstSymbol) return this.#expression(node);
    if (node < this.#firstAuxiliary) return this.#symbol(node - this.#firstSymbol);
    const symbol = node - this.#firstAuxiliary;
    return this.#program.choice[symbol]! >= 0 ? this.#memberVisibility(symbol) : this.#choose(symbol);
  }

  /** The type that counts now: a tristate is a bool while modules are off, and as a visible member of a choice. */
  typeOf(symbol: number): number {
    const type = this.#program.types[symbol]!;
    if (type !== Type.tristate) return type;
    const legacyMember = this.#program.choice[symbol]! >= 0 && !this.#modernChoices;
    const member = legacyMember && this.values.visible[symbol] === 2;
    return member || !this.modulesOn() ? Type.bool : type;
  }

  modulesOn(): boolean {
    return this.values.tri[this.#modules] !== 0;
  }

  /** The value as a .config spells it, without quotes. */
  textOf(symbol: number): string {
    const type = symbol <= YES_SYMBOL ? this.#constantType : this.#program.types[symbol]!;
    if (type !== Type.bool && type !== Type.tristate) return this.values.text[symbol]!;
    const value = this.values.tri[symbol] as Tristate;
    if (value === 1 && this.#semantics.moduleTextNeedsModules && !this.modulesOn() && symbol > YES_SYMBOL) return "n";
    return tristateText(value);
  }

  /** The value of an expression that the graph holds. */
  valueOf(expression: Expression): number {
    return this.values.expressions[expression]!;
  }

  /** Computes an expression and all its operands. */
  evaluateDeep(expression: Expression): void {
    const pool = this.#pool;
    const stack = [expression];
    const order: Expression[] = [];
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      order.push(at);
      const kind = pool.kind(at);
      if (kind === Kind.not) stack.push(pool.left(at));
      else if (kind === Kind.and || kind === Kind.or) stack.push(...pool.operands(at));
    }
    while (order.length > 0) this.#expression(order.pop()!);
  }

  /** The number of the range that counts now, -1 for none. */
  rangeOf(symbol: number): number {
    const { rangeStart, rangeCondition } = this.#program;
    return this.#firstHolding(rangeCondition, rangeStart[symbol]!, rangeStart[symbol + 1]!);
  }

  /** The number of the default that counts now, -1 for none. */
  defaultOf(symbol: number): number {
    const { defaultStart, defaultCondition } = this.#program;
    return this.#firstHolding(defaultCondition, defaultStart[symbol]!, defaultStart[symbol + 1]!);
  }

  #firstHolding(conditions: Int32Array, from: number, to: number): number {
    const { expressions } = this.values;
    for (let index = from; index < to; index++) if (expressions[conditions[index]!] !== 0) return index;
    return -1;
  }

  /** A bound of a range as a number. */
  boundOf(bound: number, type: number): bigint {
    return boundNumber(this.#program, this.values.text, bound, type);
  }

  /** The member that a choice has while the user has chosen none: a default that is visible, else the first visible one. */
  defaultMember(choice: number): number {
    const { defaultStart, defaultCondition, defaultSymbol, memberStart, members } = this.#program;
    const { visible, expressions } = this.values;
    for (let index = defaultStart[choice]!; index < defaultStart[choice + 1]!; index++) {
      const symbol = defaultSymbol[index]!;
      if (symbol >= 0 && expressions[defaultCondition[index]!] !== 0 && visible[symbol] !== 0) return symbol;
    }
    for (let index = memberStart[choice]!; index < memberStart[choice + 1]!; index++) {
      if (visible[members[index]!] !== 0) return members[index]!;
    }
    return -1;
  }

  #expression(expression: Expression): boolean {
    const { expressions } = this.values;
    const value = this.#compute(expression);
    if (expressions[expression] === value) return false;
    expressions[expression] = value;
    return true;
  }

  #compute(expression: Expression): number {
    const pool = this.#pool;
    const { expressions, tri } = this.values;
    const left = pool.left(expression);
    const kind = pool.kind(expression);
    switch (kind) {
      case Kind.none:
        return 2;
      case Kind.symbol:
        return tri[left]!;
      case Kind.not:
        return 2 - expressions[left]!;
      case Kind.and: {
        let value = 2;
        for (let index = pool.right(expression) - 1; index >= 0 && value > 0; index--) {
          const operand = expressions[pool.operand(expression, index)]!;
          if (operand < value) value = operand;
        }
        return value;
      }
      case Kind.or: {
        let value = 0;
        for (let index = pool.right(expression) - 1; index >= 0 && value < 2; index--) {
          const operand = expressions[pool.operand(expression, index)]!;
          if (operand > value) value = operand;
        }
        return value;
      }
      default:
        return this.#compareSymbols(kind, left, pool.right(expression)) ? 2 : 0;
    }
  }

  #compareSymbols(kind: number, left: number, right: number): boolean {
    const typeOf = (symbol: number): number =>
      this.#semantics.early ? Type.string : symbol <= YES_SYMBOL ? this.#constantType : this.#program.types[symbol]!;
    const one = this.textOf(left);
    const other = this.textOf(right);
    if (kind === Kind.equal && one === other) return true;
    return holds(kind, compareValues(one, typeOf(left), other, typeOf(right)));
  }

  /** A condition raised from m to y where the symbol cannot be m. */
  #raised(expression: Expression, bool: boolean): number {
    const value = this.values.expressions[expression]!;
    return bool && value === 1 ? 2 : value;
  }

  #visibility(symbol: number): number {
    const { promptStart, prompts, types } = this.#program;
    const { expressions, tri } = this.values;
    const choice = this.#program.choice[symbol]!;
    const tristate = types[symbol] === Type.tristate;
    let visible = 0;
    for (let index = promptStart[symbol]!; index < promptStart[symbol + 1]!; index++) {
      let value = expressions[prompts[index]!]!;
      // A member that could only be m is hidden while its choice is y.
      if (value === 1 && choice >= 0 && tristate && tri[choice] === 2) value = 0;
      if (value > visible) visible = value;
    }
    return visible === 1 && (!tristate || !this.modulesOn()) ? 2 : visible;
  }

  #memberVisibility(symbol: number): boolean {
    const visible = this.#visibility(symbol);
    if (this.values.visible[symbol] === visible) return false;
    this.values.visible[symbol] = visible;
    return true;
  }

  #choose(choice: number): boolean {
    const { values } = this;
    let member = -1;
    if (this.#modernChoices) member = this.#chooseModern(choice);
    else if (values.tri[choice] === 2) {
      const chosen = this.#user.member[choice]!;
      member = chosen >= 0 && values.visible[chosen] !== 0 ? chosen : this.defaultMember(choice);
    }
    if (values.member[choice] === member) return false;
    values.member[choice] = member;
    return true;
  }

  /**
   * The member of a modern choice: one that the user has set to y, else the default, else the first one that the user has
   * not set, else the one that the user set to n first; visible ones only.
   */
  #chooseModern(choice: number): number {
    const { visible } = this.values;
    const { has, tri, priority } = this.#user;
    const members = membersOf(this.#program, choice);
    const order = priority.get(choice) ?? members;
    const chosen = order.find((member) => visible[member] !== 0 && has[member] === 1 && tri[member] === 2);
    if (chosen !== undefined) return chosen;
    const byDefault = this.defaultMember(choice);
    if (byDefault >= 0 && !(has[byDefault] === 1 && tri[byDefault] === 0)) return byDefault;
    const open = members.find((member) => visible[member] !== 0 && has[member] === 0);
    return open ?? order.findLast((member) => visible[member] !== 0) ?? -1;
  }

  #symbol(symbol: number): boolean {
    const { values } = this;
    const type = this.#program.types[symbol]!;
    const oldTri = values.tri[symbol]!;
    const oldText = values.text[symbol]!;
    if (symbol <= YES_SYMBOL) return false;
    if (type === Type.unknown) return false;
    this.#dependencies(symbol);
    values.write[symbol] = values.visible[symbol] === 0 ? 0 : 1;
    if (type === Type.bool || type === Type.tristate) this.#logic(symbol);
    else this.#text(symbol, type);
    if ((this.#program.flags[symbol]! & Flag.noWrite) !== 0) values.write[symbol] = 0;
    return oldTri !== values.tri[symbol] || oldText !== values.text[symbol];
  }

  /** Visibility and the three kinds of dependencies; C computes none of the latter for members of a choice. */
  #dependencies(symbol: number): void {
    const { values } = this;
    const { choice, dependencies, selectedBy, impliedBy } = this.#program;
    if (choice[symbol]! >= 0) return;
    if ((this.#program.flags[symbol]! & Flag.transitional) !== 0) {
      values.visible[symbol] = 2;
      return;
    }
    values.visible[symbol] = this.#visibility(symbol);
    const bool = this.typeOf(symbol) === Type.bool;
    const allowed = this.#raised(dependencies[symbol]!, bool);
    values.dependencies[symbol] = allowed;
    const selects = selectedBy[symbol]!;
    values.selected[symbol] = selects === NONE ? 0 : this.#raised(selects, bool);
    const implies = impliedBy[symbol]!;
    const implied = implies !== NONE && (this.#semantics.imply === "cap" || allowed !== 0);
    values.implied[symbol] = implied ? this.#raised(implies, bool) : 0;
  }

  #logic(symbol: number): void {
    const { values } = this;
    const choice = this.#program.choice[symbol]!;
    const bool = this.typeOf(symbol) === Type.bool;
    const visible = values.visible[symbol]!;
    if (choice >= 0 && (visible === 2 || this.#modernChoices)) {
      values.tri[symbol] = values.member[choice] === symbol ? 2 : 0;
      return;
    }
    if (choice >= 0 && this.#semantics.kconfiglib) {
      values.tri[symbol] = visible !== 0 && this.#user.has[symbol] === 1 ? Math.min(this.#user.tri[symbol]!, 1) : 0;
      return;
    }
    let value = 0;
    if (this.#semantics.early) value = this.#earlyLogic(symbol, visible);
    else if (visible !== 0 && this.#user.has[symbol] === 1) value = Math.min(this.#user.tri[symbol]!, visible);
    else {
      if (values.selected[symbol] !== 0) values.write[symbol] = 1;
      if ((this.#program.flags[symbol]! & Flag.choice) === 0) value = this.#defaultLogic(symbol);
    }
    value = Math.max(value, values.selected[symbol]!);
    const promoted = this.#semantics.imply === "promote" && values.implied[symbol] === 2;
    if (value === 1 && (bool || promoted)) value = 2;
    values.tri[symbol] = value;
  }

  /** What the user or a default says, as far as the symbol is visible; a hidden one that nothing selects has its default. */
  #earlyLogic(symbol: number, visible: number): number {
    const { values } = this;
    const isChoice = (this.#program.flags[symbol]! & Flag.choice) !== 0;
    const rule = isChoice ? -1 : this.defaultOf(symbol);
    const byDefault = rule < 0 ? 0 : values.expressions[this.#program.defaultValue[rule]!]!;
    if (visible === 0 && values.selected[symbol] === 0) {
      if (rule >= 0) values.write[symbol] = 1;
      return byDefault;
    }
    values.write[symbol] = 1;
    return Math.min(this.#user.has[symbol] === 1 ? this.#user.tri[symbol]! : byDefault, visible);
  }

  /** The default and what is implied, for a symbol that the user has not set. */
  #defaultLogic(symbol: number): number {
    const { values } = this;
    let value = 0;
    const rule = this.defaultOf(symbol);
    if (rule >= 0) {
      const { defaultValue, defaultCondition } = this.#program;
      value = Math.min(values.expressions[defaultValue[rule]!]!, values.expressions[defaultCondition[rule]!]!);
      if (value !== 0) values.write[symbol] = 1;
    }
    if (values.implied[symbol] === 0) return value;
    values.write[symbol] = 1;
    value = Math.max(value, values.implied[symbol]!);
    return this.#semantics.imply === "cap" ? Math.min(value, values.dependencies[symbol]!) : value;
  }

  #text(symbol: number, type: number): void {
    const { values } = this;
    let value = this.#semantics.emptyNumber === "empty" || type === Type.string ? "" : type === Type.int ? "0" : "0x0";
    const own =
      values.visible[symbol] !== 0 && this.#user.has[symbol] === 1 ? (this.#user.text[symbol] ?? "") : undefined;
    // Kconfiglib takes a number out of range for none.
    const counts = !this.#semantics.kconfiglib || type === Type.string;
    if (own !== undefined && (counts || this.isInRange(symbol, type, own))) value = own;
    else {
      const rule = this.defaultOf(symbol);
      const source = rule < 0 ? -1 : this.#program.defaultSymbol[rule]!;
      if (source >= 0) {
        values.write[symbol] = 1;
        const sourceType = this.#program.types[source]!;
        value = sourceType === Type.bool || sourceType === Type.tristate ? "n" : values.text[source]!;
      }
    }
    values.text[symbol] = type === Type.string ? value : this.#clamp(symbol, type, value);
  }

  /** True where a number is within the range that counts now. */
  isInRange(symbol: number, type: number, text: string): boolean {
    const range = this.rangeOf(symbol);
    if (range < 0) return true;
    const value = numberOf(type, text);
    const { rangeLow, rangeHigh } = this.#program;
    return value >= this.boundOf(rangeLow[range]!, type) && value <= this.boundOf(rangeHigh[range]!, type);
  }

  #clamp(symbol: number, type: number, text: string): string {
    const range = this.rangeOf(symbol);
    if (range < 0) return text;
    const [lowest, highest] = [this.#program.rangeLow[range]!, this.#program.rangeHigh[range]!];
    const value = numberOf(type, text);
    const low = this.boundOf(lowest, type);
    const high = this.boundOf(highest, type);
    if (value >= low && value <= high) return text;
    const [bound, number] = value < low ? [lowest, low] : [highest, high];
    if (this.#semantics.rangeClamp === "text") return this.values.text[bound]!;
    return printBound(type, number);
  }
}
