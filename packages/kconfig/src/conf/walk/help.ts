import { type Expression, NONE, YES_SYMBOL } from "../../expression/pool.js";
import type { Menu } from "../../model/menu.js";
import type { KconfigSymbol, Property } from "../../model/symbol.js";
import type { LazyValues } from "../values/lazy-values.js";
import { isMenuVisible } from "../values/menu-visibility.js";
import { print, printReasons, printSymbol } from "../values/print.js";
import { rangeOf } from "../values/range.js";

/** C formats at most so many characters at a time. */
const pieceLimit = 9999;
const piece = (text: string): string => text.slice(0, pieceLimit);

/** The help of a menu node and what C tells about its symbol (menu_get_ext_help of C). */
export function extendedHelp(values: LazyValues, menu: Menu): string {
  const { symbol } = menu;
  const { prefix } = values.tree.dialect;
  let text = "";
  if (menu.help !== undefined && symbol !== undefined && symbol.name !== "") {
    text += piece(`${prefix}${symbol.name}:\n\n`);
  }
  const help = menu.help?.() ?? "There is no help available for this option.";
  text += piece(`${help}\n`);
  return symbol === undefined ? text : text + aboutSymbol(values, symbol);
}

function aboutSymbol(values: LazyValues, symbol: KconfigSymbol): string {
  const legacy = values.tree.dialect.semantics.oldRuns;
  const selects = (kind: "select" | "imply", heading: string): string => {
    const targets = symbol.properties.filter((property) => property.kind === kind);
    if (targets.length === 0) return "";
    return `${heading}${targets.map(({ value }) => print(values, value)).join(" && ")}\n`;
  };
  const reasons = (list: readonly Expression[], heading: string): string => {
    const levels = [
      [2, "y"],
      [1, "m"],
      [0, "n"],
    ] as const;
    return levels.map(([value, letter]) => printReasons(values, list, value, `${heading} [${letter}]:\n`)).join("");
  };
  const indent = legacy ? "  " : "";
  return [
    heading(values, symbol),
    legacy ? placesOfOld(values, symbol) : places(values, symbol),
    selects("select", `${indent}Selects: `),
    reasons(symbol.selectedBy, `${indent}Selected by`),
    selects("imply", `${indent}Implies: `),
    reasons(symbol.impliedBy, `${indent}Implied by`),
    "\n\n",
  ].join("");
}

function heading(values: LazyValues, { id, name, type }: KconfigSymbol): string {
  if (name === "") return "";
  let text = piece(`Symbol: ${name} [=${values.textOf(id)}]\n`);
  text += `Type  : ${type === "int" ? "integer" : type}\n`;
  if (type !== "int" && type !== "hex") return text;
  const range = rangeOf(values, id);
  if (range === undefined) return text;
  return `${text}Range : [${printSymbol(values, range.low)} ${printSymbol(values, range.high)}]\n`;
}

/** The places of definition, those with a prompt first. */
function places(values: LazyValues, { menus }: KconfigSymbol): string {
  const defined = ({ location }: Menu): string => piece(`Defined at ${location.path}:${location.line}\n`);
  const shown = menus.map((menu) => (menu.prompt === undefined ? "" : defined(menu) + promptOf(values, menu.prompt)));
  const hidden = menus.map((menu) =>
    menu.prompt === undefined ? defined(menu) + condition(values, menu.dependencies, "  Depends on: ") : "",
  );
  return [...shown, ...hidden].join("");
}

function promptOf(values: LazyValues, prompt: Property): string {
  const menu = prompt.menu!;
  let text = piece(`  Prompt: ${prompt.text}\n`) + condition(values, menu.dependencies, "  Depends on: ");
  if (!values.tree.internals.sameConditions(menu.dependencies, prompt.condition)) {
    text += condition(values, prompt.condition, "  Visible if: ");
  }
  return `${text}  Location:\n${locationOf(values, menu)}`;
}

function placesOfOld(values: LazyValues, symbol: KconfigSymbol): string {
  let text = "";
  for (const property of symbol.properties) {
    if (property.text === undefined) continue;
    text += piece(`Prompt: ${property.text}\n`);
    const location = locationOf(values, property.menu!.parent);
    if (location !== "") text += `  Location:\n${location}`;
  }
  const definition = symbol.properties.find(({ kind }) => kind === "symbol");
  if (definition === undefined) return text;
  const { path, line } = definition.menu!.location;
  return `${text}${piece(`  Defined at ${path}:${line}\n`)}${condition(values, definition.condition, "  Depends on: ")}`;
}

function condition(values: LazyValues, expression: Expression, heading: string): string {
  const { pool } = values.tree.internals;
  if (expression === NONE || expression === pool.symbol(YES_SYMBOL)) return "";
  return `${heading}${print(values, expression)}\n`;
}

/** The menus on the way to a node, at most eight, outermost first. C looks at their visibility on the way. */
function locationOf(values: LazyValues, from: Menu | undefined): string {
  const path: Menu[] = [];
  let accessible = false;
  for (let menu = from; menu !== undefined && menu !== values.tree.root && path.length < 8; menu = menu.parent) {
    if (!accessible || !values.modern) accessible = isMenuVisible(values, menu) || accessible;
    path.unshift(menu);
  }
  const line = (menu: Menu, depth: number): string => {
    const { symbol, prompt } = menu;
    const title = prompt?.text ?? symbol?.name ?? "(null)";
    const name = symbol === undefined || symbol.name !== "" ? (symbol?.name ?? "") : "<choice>";
    const value = symbol === undefined ? "" : piece(` (${name} [=${values.textOf(symbol.id)}])`);
    return `${piece(`${" ".repeat(4 + 2 * depth)}-> ${title}`)}${value}\n`;
  };
  return path.map(line).join("");
}
