import type { KconfigSymbol } from "../model/symbol.js";
import type { KconfigTree } from "../model/tree.js";
import type { Menu } from "../model/menu.js";

/** Values of a tree as the writers of files ask for them; an answer may be computed when it is asked for. */
export interface ConfigView {
  readonly tree: KconfigTree;
  readonly symbols: readonly KconfigSymbol[];
  /** True for bool and tristate. */
  isLogic(symbol: number): boolean;
  /** True for symbols that a .config gets. */
  isWritten(symbol: number): boolean;
  /** The value as a .config spells it, without quotes. */
  textOf(symbol: number): string;
  /** Whether the user could change the symbol: its visibility is above what selects it. */
  isChangeable(symbol: number): boolean;
  /** What the symbol would be if the user had not set it, as text. */
  defaultText(symbol: KconfigSymbol): string;
  /** The member that a choice has while the user has chosen none, -1 for none. */
  defaultMember(choice: number): number;
  /** Whether a node of the menu tree is shown. */
  isMenuVisible(menu: Menu): boolean;
}
