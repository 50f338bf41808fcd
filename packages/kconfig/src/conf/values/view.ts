import type { ConfigView } from "../../config/view.js";
import { defaultText } from "./default-text.js";
import type { LazyValues } from "./lazy-values.js";
import { isMenuVisible } from "./menu-visibility.js";

/** Values for the writers of files; each is computed where it is asked for. */
export function lazyView(values: LazyValues): ConfigView {
  return {
    tree: values.tree,
    symbols: values.symbols,
    isLogic: (symbol) => values.isLogic(symbol),
    isWritten: (symbol) => {
      values.calculate(symbol);
      return values.write[symbol] === 1;
    },
    textOf: (symbol) => values.textOf(symbol),
    isChangeable: (symbol) => values.isChangeable(symbol),
    defaultText: ({ id }) => defaultText(values, id),
    defaultMember: (choice) => values.defaultMember(choice),
    isMenuVisible: (menu) => isMenuVisible(values, menu),
  };
}
