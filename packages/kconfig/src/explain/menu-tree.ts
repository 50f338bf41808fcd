import type { Configuration } from "../configuration/configuration.js";
import type { Menu } from "../model/menu.js";
import type { Location } from "../model/symbol.js";

/** A node of the menu tree with its values, as plain data. */
export interface MenuTreeNode {
  readonly kind: "menu" | "choice" | "symbol" | "comment";
  /** The symbol's name; of a choice without one and of menus, `undefined`. */
  readonly name: string | undefined;
  readonly prompt: string | undefined;
  readonly type: string | undefined;
  /** The symbol's value; of a choice, the name of the member that it has. */
  readonly value: string | undefined;
  /** True where a configurator shows the node. */
  readonly visible: boolean;
  /** True where the user has set the symbol. */
  readonly assigned: boolean;
  readonly location: Location;
  readonly children: readonly MenuTreeNode[];
}

/** Which nodes to show; a node is also there for what is below it. */
export interface MenuTreeFilter {
  /** Only what a configurator shows. */
  readonly visible?: boolean;
  /** Only symbols that the user has set. */
  readonly assigned?: boolean;
  /** Only symbols that are not n and not empty. */
  readonly enabled?: boolean;
  /** Only nodes whose name or prompt has this text, whatever the case, with all that is below a menu that has it. */
  readonly match?: string;
  /** Only what is below the menus, choices and symbols of this title or name. */
  readonly below?: string;
  /** How many levels to go down. */
  readonly depth?: number;
}

/** The menu tree of a configuration with its values. */
export function menuTree(configuration: Configuration, filter: MenuTreeFilter = {}): MenuTreeNode[] {
  const roots = filter.below === undefined ? [configuration.tree.root] : findMenus(configuration, filter.below);
  return roots.flatMap((root) => nodesOf(configuration, filter, root));
}

function findMenus({ tree }: Configuration, title: string): Menu[] {
  const wanted = title.toLowerCase();
  const found: Menu[] = [];
  const stack = [tree.root];
  for (let menu = stack.pop(); menu !== undefined; menu = stack.pop()) {
    const { symbol, prompt } = menu;
    if (menu.list !== undefined && [symbol?.name, prompt?.text].some((text) => text?.toLowerCase() === wanted)) {
      found.push(menu);
    } else stack.push(...[...menu.children()].reverse());
  }
  return found;
}

/** A menu whose children are being put together. */
interface Frame {
  readonly menu: Menu;
  readonly children: MenuTreeNode[];
  readonly matched: boolean;
  next: Menu | undefined;
}

/** Keeps its own stack: submenus may be nested as deep as there are symbols. */
function nodesOf(configuration: Configuration, filter: MenuTreeFilter, root: Menu): MenuTreeNode[] {
  const result: MenuTreeNode[] = [];
  const frames: Frame[] = [{ menu: root, children: result, matched: false, next: root.list }];
  const limit = filter.depth ?? Number.POSITIVE_INFINITY;
  for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
    const menu = frame.next;
    if (menu !== undefined) {
      frame.next = menu.next;
      const matched = frame.matched || (menu.symbol === undefined && matches(menu, filter));
      frames.push({ menu, children: [], matched, next: frames.length < limit ? menu.list : undefined });
      continue;
    }
    frames.pop();
    const parent = frames.at(-1);
    if (parent === undefined) break;
    const node = nodeOf(configuration, frame.menu, frame.children);
    const wanted = (frame.matched || matches(frame.menu, filter)) && passes(node, filter);
    if (frame.children.length > 0 || wanted) parent.children.push(node);
  }
  return result;
}

function matches({ symbol, prompt }: Menu, { match }: MenuTreeFilter): boolean {
  return (
    match === undefined || `${symbol?.name ?? ""}\n${prompt?.text ?? ""}`.toLowerCase().includes(match.toLowerCase())
  );
}

function passes(node: MenuTreeNode, filter: MenuTreeFilter): boolean {
  if (filter.visible === true && !node.visible) return false;
  if (filter.assigned === true && !node.assigned) return false;
  if (filter.enabled !== true) return true;
  return node.kind === "symbol" && node.value !== "n" && node.value !== "";
}

function nodeOf(configuration: Configuration, menu: Menu, children: readonly MenuTreeNode[]): MenuTreeNode {
  const { symbol, prompt, location } = menu;
  const kind =
    symbol?.isChoice === true
      ? "choice"
      : symbol !== undefined
        ? "symbol"
        : prompt?.kind === "comment"
          ? "comment"
          : "menu";
  const isSymbol = kind === "symbol";
  return {
    kind,
    name: symbol === undefined || symbol.name === "" ? undefined : symbol.name,
    prompt: prompt?.text,
    type: symbol?.type,
    value: isSymbol
      ? configuration.value(symbol!.name)
      : kind === "choice"
        ? configuration.selection(symbol!)?.name
        : undefined,
    visible: configuration.isVisible(menu),
    assigned: isSymbol && configuration.isAssigned(symbol!.name),
    location,
    children,
  };
}
