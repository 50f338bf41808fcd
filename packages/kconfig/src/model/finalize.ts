import type { Dialect } from "../dialect/dialect.js";
import { BottomUp } from "../expression/bottom-up.js";
import * as Kind from "../expression/kinds.js";
import { MOD_SYMBOL, NONE, NO_SYMBOL, YES_SYMBOL, type Expression, type ExpressionPool } from "../expression/pool.js";
import type { Simplifier } from "../expression/simplify.js";
import type { RawTree } from "./build.js";
import { checkProperties } from "./check-properties.js";
import { containsNegated, containsSymbol, dependsOnSymbol } from "./depends.js";
import type { MenuBuilder, TreeReport } from "./menu-builder.js";
import type { TreeMenu } from "./menu.js";
import { createSimplifier } from "./simplifier.js";
import { comparesWithMod, comparisonsWithMod } from "./odd-tests.js";
import { TreeProperty, withEntry, type KconfigSymbol, type Location, type TreeSymbol } from "./symbol.js";

/**
 * Spreads dependencies from menus to what they hold, forms the submenus of symbols, sets up choices and reverse
 * dependencies: what menu_finalize does in C, in its order. Works on its own stack.
 */
export function finalizeTree(
  tree: RawTree,
  dialect: Dialect,
  report: TreeReport,
  setType: MenuBuilder["setType"],
): void {
  const finalizer = new Finalizer(tree, dialect, report, setType);
  finalizer.visit(tree.root);
  if (dialect.semantics.kconfiglib) finalizer.finish();
}

/** A menu whose children, or the menus behind it that depend on it, are being finalized. */
interface Visit {
  readonly parent: TreeMenu;
  /** The one that is being finalized now. */
  at: TreeMenu;
  /** What is behind it becomes its submenu. */
  readonly forms: boolean;
}

/** Up to how many places in choices members count again: only choices nested in thousands, as in a damaged tree, have more. */
const membershipLimit = 1000;

/** Up to how many lines of members are looked at, each once for every choice around it: a damaged tree nests thousands. */
const memberLimit = 5_000_000;

/** Up to how many times members' lines are reported again: in a damaged tree, each of thousands would be thousands of times. */
const repeatLimit = 10_000;

class Finalizer {
  readonly #pool: ExpressionPool;
  readonly #symbols: readonly TreeSymbol[];
  readonly #dialect: Dialect;
  readonly #report: TreeReport;
  readonly #setType: MenuBuilder["setType"];
  readonly #simplifier: Simplifier;
  readonly #withModules: BottomUp;
  /** Choices are of the modern kind. */
  readonly #modern: boolean;
  readonly #early: boolean;
  /** True where something is compared with m. */
  readonly #comparesWithMod: boolean;
  /** By symbol, 1 where its properties were checked. */
  readonly #checked: Uint8Array;
  /** What members of choices must not have, where that was reported. */
  readonly #misplaced = new Set<TreeProperty>();
  #memberships = 0;
  #repeats = 0;
  #looked = 0;
  /** Symbols that one of their places leaves without dependencies. */
  readonly #free = new Set<TreeSymbol>();

  constructor(tree: RawTree, dialect: Dialect, report: TreeReport, setType: MenuBuilder["setType"]) {
    const { pool, table } = tree;
    const { symbols } = table;
    this.#pool = pool;
    this.#symbols = symbols;
    this.#checked = new Uint8Array(symbols.length);
    this.#dialect = dialect;
    this.#modern = dialect.semantics.choice === "modern";
    this.#early = dialect.semantics.early;
    this.#comparesWithMod = !dialect.semantics.kconfiglib && comparesWithMod(pool);
    this.#report = report;
    this.#setType = setType;
    this.#simplifier = createSimplifier(pool, symbols, dialect);
    const modules = pool.symbol(tree.modules?.id ?? NO_SYMBOL);
    this.#withModules = new BottomUp(pool, (expression, memo) => {
      const kind = pool.kind(expression);
      if (kind === Kind.symbol && pool.left(expression) === MOD_SYMBOL) return pool.and(expression, modules);
      if (kind === Kind.not) return pool.not(memo.get(pool.left(expression)));
      if (kind !== Kind.and && kind !== Kind.or) return expression;
      return memo.join(kind, expression);
    });
  }

  /** Finalizes a menu and all below it. */
  visit(root: TreeMenu): void {
    const waiting: Visit[] = [];
    for (let menu: TreeMenu | undefined = root; menu !== undefined;) {
      const visit = this.#enter(menu);
      if (visit === undefined) {
        this.#leave(menu);
        menu = undefined;
      } else {
        waiting.push(visit);
        menu = visit.at;
      }
      while (menu === undefined && waiting.length > 0) {
        const last = waiting.at(-1)!;
        menu = this.#next(last);
        if (menu !== undefined) last.at = menu;
        else this.#leave(waiting.pop()!.parent);
      }
    }
  }

  /** Begins with a menu; `undefined` where no other one has to be finalized before it. */
  #enter(parent: TreeMenu): Visit | undefined {
    const { symbol } = parent;
    if (parent.list !== undefined) {
      if (symbol?.isChoice === true && !this.#modern) this.#setChoiceTypes(parent, symbol);
      this.#spreadDependencies(parent);
      return { parent, at: parent.list, forms: false };
    }
    if (symbol === undefined || (this.#modern && parent.parent?.symbol?.isChoice === true)) return undefined;
    const { next } = parent;
    if (next !== undefined && this.#belongsTo(parent, symbol, next)) return { parent, at: next, forms: true };
    this.#addDependencies(parent, symbol);
    return undefined;
  }

  /** The menu that comes after the one that has been finalized; `undefined` after the last one. */
  #next({ parent, at, forms }: Visit): TreeMenu | undefined {
    const { next } = at;
    if (!forms) return next;
    const symbol = parent.symbol!;
    at.parent = parent;
    if (next !== undefined && this.#belongsTo(parent, symbol, next)) return next;
    parent.list = parent.next;
    parent.next = next;
    at.next = undefined;
    this.#addDependencies(parent, symbol);
    return undefined;
  }

  #leave(parent: TreeMenu): void {
    const { symbol } = parent;
    for (let menu: TreeMenu | undefined = parent.list; menu !== undefined; menu = menu.next) {
      if (!this.#modern && symbol?.isChoice === true && menu.symbol !== undefined) {
        // BusyBox: whoever has a place in a choice is told so at each of them, and belongs to the first one.
        const again = this.#early && this.#memberships++ < membershipLimit;
        if (menu.symbol.choice === undefined || again) this.#addMember(symbol, menu, menu.symbol);
      }
      flatten(parent, menu);
    }
    if (this.#modern && symbol?.isChoice === true) {
      const strict = this.#dialect.syntax.singlePlaces;
      for (const menu of parent.children()) {
        // C looks at them once all is finished.
        if (menu.symbol !== undefined) this.#checkMember(menu, (place) => strict || place?.parent !== parent, "error");
      }
    }
    if (symbol !== undefined) this.#finish(parent, symbol);
  }

  /** A symbol depends on what any of its places does. C takes a place without dependencies for none. */
  #addDependencies({ isDefault, dependencies }: TreeMenu, symbol: TreeSymbol): void {
    if (isDefault) return;
    const free = dependencies === NONE || dependencies === this.#pool.yes;
    if (free && this.#dialect.semantics.kconfiglib) this.#free.add(symbol);
    symbol.dependencies = this.#pool.or(symbol.dependencies, dependencies);
  }

  /** What needs to know all places of a symbol. */
  finish(): void {
    for (const symbol of this.#free) symbol.dependencies = NONE;
    for (const symbol of this.#symbols) {
      for (const property of symbol.properties) {
        if (property.kind !== "default" || property.menu?.isDefault !== true) continue;
        property.condition = this.#pool.and(symbol.dependencies, property.condition);
      }
    }
  }

  #setChoiceTypes(parent: TreeMenu, choice: TreeSymbol): void {
    if (this.#early) {
      // The first member and the choice tell each other their types; the others are told later.
      const first = [...parent.children()].find(({ symbol }) => symbol !== undefined);
      if (first !== undefined) this.#giveType(parent, first.symbol!.type);
      if (first !== undefined) this.#giveType(first, choice.type);
      return;
    }
    if (choice.type === "unknown") {
      for (const menu of parent.children()) {
        const type = menu.symbol?.type ?? "unknown";
        if (type === "unknown") continue;
        this.#giveType(parent, type);
        break;
      }
    }
    for (const menu of parent.children()) {
      if (menu.symbol?.type === "unknown" && choice.type !== "unknown") this.#giveType(menu, choice.type);
    }
  }

  #giveType(menu: TreeMenu, type: KconfigSymbol["type"]): void {
    const symbol = menu.symbol!;
    // No expression names a choice before its members are looked at.
    const unnamed = symbol.isChoice && symbol.menus.length === 1;
    if (this.#setType(menu, type) && !unnamed) this.#simplifier.forgetTypes();
  }

  #spreadDependencies(parent: TreeMenu): void {
    const pool = this.#pool;
    const inherited = this.#inherited(parent);
    for (let menu = parent.list; menu !== undefined; menu = menu.next) {
      const own = this.#normalize(menu.dependencies, menu);
      const base = this.#simplifier.deduplicate(pool.and(inherited, own));
      menu.dependencies = base;
      // C leaves a plain m here as it stands.
      if (this.#dialect.semantics.kconfiglib && menu.visibility !== NONE) {
        menu.visibility = this.#withModules.get(menu.visibility);
      }
      if (menu.symbol === undefined) {
        if (menu.prompt !== undefined) this.#spreadToProperty(menu, base, menu.prompt);
        continue;
      }
      for (const property of menu.symbol.properties) {
        if (property.menu === menu) this.#spreadToProperty(menu, base, property);
      }
    }
  }

  #inherited(parent: TreeMenu): Expression {
    if (parent.symbol?.isChoice === true && !this.#modern) return this.#pool.symbol(parent.symbol.id);
    const byTitle = this.#dialect.semantics.menuTitleDependencies && parent.prompt !== undefined;
    return byTitle ? parent.prompt!.condition : parent.dependencies;
  }

  #normalize(expression: Expression, place: { readonly location: Location }): Expression {
    if (expression === NONE) return NONE;
    if (this.#comparesWithMod) this.#reportOddTests(expression, place.location);
    return this.#simplifier.transform(this.#withModules.get(expression));
  }

  /** A bool never is m. */
  #reportOddTests(expression: Expression, location: Location): void {
    for (const comparison of comparisonsWithMod(this.#pool, expression)) {
      const { name, type } = this.#symbols[this.#pool.left(comparison)]!;
      if (type !== "bool") continue;
      const forced = this.#pool.kind(comparison) === Kind.equal ? "n" : "y";
      const message = `${name || "The choice"} is bool and never m; the comparison counts as ${forced}.`;
      const text = `boolean symbol ${name || "(null)"} tested for 'm'? test forced to '${forced}'`;
      this.#report("warning", "comparison-with-m", location, message, undefined, { text });
    }
  }

  #spreadToProperty(menu: TreeMenu, base: Expression, property: TreeProperty): void {
    const pool = this.#pool;
    const { symbol } = menu;
    let condition = this.#simplifier.deduplicate(pool.and(base, this.#normalize(property.condition, property)));
    if (this.#dialect.semantics.boolConditions && symbol !== undefined && symbol.type !== "tristate") {
      condition = condition === NONE ? NONE : this.#simplifier.toBool(condition);
    }
    property.condition = condition;
    if (property.kind !== "select" && property.kind !== "imply") return;
    const target = this.#symbols[pool.left(property.value)]!;
    const reason = pool.and(pool.symbol(symbol!.id), condition);
    if (property.kind === "select") target.selectedBy = withEntry(target.selectedBy, reason);
    else target.impliedBy = withEntry(target.impliedBy, reason);
  }

  /** True for a menu behind a symbol that depends on it and becomes a part of its submenu. */
  #belongsTo(parent: TreeMenu, symbol: TreeSymbol, menu: TreeMenu): boolean {
    const pool = this.#pool;
    const dependency = menu.prompt === undefined ? menu.dependencies : menu.prompt.condition;
    if (!containsSymbol(pool, dependency, symbol.id)) return false;
    if (dependsOnSymbol(pool, dependency, symbol.id)) return true;
    const { negationEndsSubmenu } = this.#dialect.semantics;
    if (negationEndsSubmenu && containsNegated(pool, dependency, symbol.id)) return false;
    const base = this.#isNotNo(parent.prompt === undefined ? NONE : parent.prompt.condition);
    const [, rest] = this.#simplifier.withoutShared(this.#isNotNo(dependency), base);
    return rest === NONE || rest === pool.yes;
  }

  #isNotNo(condition: Expression): Expression {
    return this.#simplifier.deduplicate(this.#simplifier.transform(this.#simplifier.isNotNo(condition)));
  }

  /** Reports what a member of a choice must not have: a default, a prompt that stands elsewhere. */
  #checkMember(
    menu: TreeMenu,
    isOutside: (place: TreeMenu | undefined) => boolean,
    severity: "warning" | "error",
  ): void {
    const { name, properties } = menu.symbol!;
    this.#looked += properties.length;
    if (this.#looked > memberLimit) return;
    for (const property of properties) {
      const { kind, menu: place } = property;
      // A damaged tree may name a symbol in thousands of choices.
      if (kind !== "default" && kind !== "prompt") continue;
      // C says it at every place of the symbol; once is enough where each of them is an error.
      if (this.#misplaced.has(property) && (severity === "error" || this.#repeats++ >= repeatLimit)) continue;
      const report = (message: string, conf: string): void => {
        const words = severity === "error" ? undefined : conf;
        this.#misplaced.add(property);
        const text = `The choice member ${name} ${message}.`;
        this.#report(severity, "choice-member", property.location, text, undefined, words);
      };
      if (kind === "default") report("takes no default", "warning: defaults for choice values not supported");
      if (kind === "prompt" && place !== menu && isOutside(place)) {
        report("has a prompt outside of its choice", "warning: choice value used outside its choice group");
      }
    }
  }

  #addMember(choice: TreeSymbol, menu: TreeMenu, member: TreeSymbol): void {
    member.choice ??= choice;
    if (menu.prompt === undefined) {
      const message = `The choice member ${member.name} has no prompt.`;
      const conf = "warning: choice value must have a prompt";
      this.#report("warning", "choice-member", menu.location, message, undefined, conf);
    }
    this.#checkMember(menu, (place) => this.#early || place?.parent?.symbol !== choice, "warning");
    if (this.#early) this.#giveType(menu, choice.type);
    // The members of a tristate choice that are no tristate are there only while the choice is y.
    if (choice.type === "tristate" && member.type !== "tristate" && !this.#early) {
      const isYes = this.#pool.compare(Kind.equal, choice.id, YES_SYMBOL);
      menu.dependencies = this.#pool.and(isYes, menu.dependencies);
      for (const property of member.properties) {
        if (property.menu === menu) property.condition = this.#pool.and(isYes, property.condition);
      }
    }
    const property = new TreeProperty("choice", menu, menu.location.line, { value: this.#pool.symbol(choice.id) });
    member.properties = withEntry(member.properties, property);
    choice.members = withEntry(choice.members, member);
  }

  /** A transitional symbol has a type and a help text, and nothing else. */
  #checkTransitional(menu: TreeMenu, symbol: TreeSymbol): void {
    const property = symbol.properties.find(({ kind }) => kind !== "symbol");
    const free = menu.dependencies === NONE || menu.dependencies === this.#pool.yes;
    if (property === undefined && free && menu.visibility === NONE) return;
    this.#report(
      "error",
      "transitional-property",
      property?.location ?? menu.location,
      `The transitional symbol ${symbol.name} takes a type and a help text, and nothing else.`,
      "Take the other lines away; the symbol is for old configurations alone.",
    );
  }

  #finish(parent: TreeMenu, symbol: TreeSymbol): void {
    if (this.#checked[symbol.id] === 0) {
      this.#checked[symbol.id] = 1;
      if (symbol.type === "unknown") {
        const message = `${symbol.name || "This choice"} has no type.`;
        const conf = "warning: config symbol defined without type";
        this.#report("warning", "config-untyped", parent.location, message, undefined, conf);
      }
      if (!this.#modern && symbol.isChoice && parent.prompt === undefined) {
        const message = "This choice has no prompt.";
        const conf = "warning: choice must have a prompt";
        this.#report("warning", "choice-without-prompt", parent.location, message, undefined, conf);
      }
      checkProperties(symbol, this.#symbols, this.#pool, this.#report, this.#dialect.semantics);
      if (symbol.transitional) this.#checkTransitional(parent, symbol);
    }
    // A choice that must not be off selects itself to m while it is visible.
    if (!this.#modern && !symbol.optional && parent.prompt !== undefined) {
      symbol.selectedBy = withEntry(symbol.selectedBy, this.#pool.and(parent.prompt.condition, this.#pool.mod));
    }
  }
}

/** Lifts the children of an `if`, or of a symbol without a prompt, into the menu around it. */
function flatten(parent: TreeMenu, menu: TreeMenu): void {
  if (menu.list === undefined || menu.prompt?.text !== undefined) return;
  let last = menu.list;
  for (;;) {
    last.parent = parent;
    if (last.next === undefined) break;
    last = last.next;
  }
  last.next = menu.next;
  menu.next = menu.list;
  menu.list = undefined;
}
