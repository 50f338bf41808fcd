import type { Severity, DiagnosticCode } from "../base/diagnostics.js";
import type { Dialect } from "../dialect/dialect.js";
import type { Expression, ExpressionPool } from "../expression/pool.js";
import { TreeMenu } from "./menu.js";
import {
  TreeProperty,
  withEntry,
  type KconfigSymbol,
  type Location,
  type PropertyKind,
  type PropertyParts,
  type TreeSymbol,
} from "./symbol.js";

/** Reports a finding about a place of the tree. */
export type TreeReport = (
  severity: Severity,
  code: DiagnosticCode,
  location: Location,
  message: string,
  hint?: string,
  /** What the C tool says, behind path, line and a colon; at another line where it notices later, or without a place. */
  conf?: string | { readonly line?: number; readonly text: string },
) => void;

/** A type as the C tools name it. */
const typeName = (type: KconfigSymbol["type"]): string => (type === "int" ? "integer" : type);

/** Puts together the menu tree in the order of the text: the entry at hand, the menu that is open. */
export class MenuBuilder {
  readonly root: TreeMenu;
  readonly #pool: ExpressionPool;
  readonly #report: TreeReport;
  /** Prompts may start with blanks. */
  readonly #keepsBlanks: boolean;
  #open: TreeMenu;
  #entry: TreeMenu;
  /** The last child of the open menu. */
  #last: TreeMenu | undefined;
  readonly #lastOfParents: (TreeMenu | undefined)[] = [];
  /** The properties of the entry at hand. */
  readonly #properties: TreeProperty[] = [];
  #count = 0;

  constructor(pool: ExpressionPool, location: Location, report: TreeReport, { semantics }: Dialect) {
    this.#pool = pool;
    this.#keepsBlanks = semantics.early;
    this.#report = report;
    this.root = new TreeMenu(undefined, undefined, location);
    this.#open = this.root;
    this.#entry = this.root;
  }

  addEntry(symbol: TreeSymbol | undefined, location: Location): TreeMenu {
    const menu = new TreeMenu(symbol, this.#open, location);
    if (this.#last === undefined) this.#open.list = menu;
    else this.#last.next = menu;
    this.#last = menu;
    this.#entry = menu;
    if (symbol !== undefined) {
      symbol.menus = withEntry(symbol.menus, menu);
      this.addProperty("symbol", location, { value: this.#pool.symbol(symbol.id) });
    }
    return menu;
  }

  /** What follows goes into the entry at hand. */
  openMenu(): void {
    this.#lastOfParents.push(this.#last);
    this.#open = this.#entry;
    this.#last = undefined;
  }

  closeMenu(): void {
    this.#open = this.#open.parent ?? this.root;
    this.#last = this.#lastOfParents.pop();
  }

  /** The root is the entry at hand: for its title. */
  enterRoot(): void {
    this.#entry = this.root;
  }

  addDependency(dependency: Expression): void {
    this.#entry.dependencies = this.#pool.and(this.#entry.dependencies, dependency);
  }

  addVisibility(condition: Expression): void {
    this.#entry.visibility = this.#pool.and(this.#entry.visibility, condition);
  }

  setType(menu: TreeMenu, type: KconfigSymbol["type"]): boolean {
    const symbol = menu.symbol!;
    if (symbol.type === type) return false;
    if (symbol.type !== "unknown") {
      const name = symbol.name === "" ? "<choice>" : symbol.name;
      const [from, to] = [typeName(symbol.type), typeName(type)];
      this.#report(
        "warning",
        "type-redefined",
        menu.location,
        `The type of '${name}' stays ${symbol.type}; ${type} is ignored.`,
        undefined,
        `warning: ignoring type redefinition of '${name}' from '${from}' to '${to}'`,
      );
      return false;
    }
    symbol.type = type;
    return true;
  }

  /** A property of the entry at hand; its symbol has it once `complete` is called. */
  addProperty(kind: PropertyKind, location: Location, parts: PropertyParts): TreeProperty {
    const property = new TreeProperty(kind, this.#entry, location.line, parts);
    if (this.#entry.symbol !== undefined) this.#properties[this.#count++] = property;
    return property;
  }

  /** A default of no place: nothing around it adds conditions. */
  addDefault(symbol: TreeSymbol, { path, line }: Location, value: Expression): void {
    this.complete();
    symbol.properties = withEntry(symbol.properties, new TreeProperty("default", path, line, { value }));
  }

  /** The entry at hand has all its properties. */
  complete(): void {
    if (this.#count === 0) return;
    const symbol = this.#entry.symbol!;
    const added = this.#properties.slice(0, this.#count);
    symbol.properties = symbol.properties.length === 0 ? added : symbol.properties.concat(added);
    this.#count = 0;
  }

  addPrompt(kind: "prompt" | "menu" | "comment", text: string, location: Location, condition: Expression): void {
    const trimmed = this.#keepsBlanks || text.charCodeAt(0) > 32 ? text : text.replace(/^[ \t\n\v\f\r]+/, "");
    if (trimmed !== text) {
      const message = "The prompt's leading blanks are ignored.";
      this.#report("warning", "prompt-blank", location, message, undefined, "warning: leading whitespace ignored");
    }
    if (this.#entry.prompt !== undefined && this.#entry !== this.root) {
      const message = "The prompt is given a second time; the last one counts.";
      this.#report("warning", "prompt-redefined", location, message, undefined, "warning: prompt redefined");
    }
    let visible = condition;
    if (kind === "prompt") {
      for (let menu = this.#entry.parent; menu !== undefined; menu = menu.parent) {
        visible = this.#pool.and(visible, menu.visibility);
      }
    }
    this.#entry.prompt = this.addProperty(kind, location, { text: trimmed, condition: visible });
  }
}
