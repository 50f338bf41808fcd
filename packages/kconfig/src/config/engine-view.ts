import { defaultText } from "../evaluate/default-text.js";
import type { Engine } from "../evaluate/engine.js";
import { isMenuVisible } from "../evaluate/menu-visibility.js";
import type { ConfigView } from "./view.js";

/** The values of an engine for the writers of files. They have to be up to date. */
export function viewOf(engine: Engine): ConfigView {
  const { tree, symbols, values, evaluator } = engine;
  return {
    tree,
    symbols,
    isLogic: (symbol) => engine.isLogic(symbol),
    isWritten: (symbol) => values.write[symbol] === 1,
    textOf: (symbol) => evaluator.textOf(symbol),
    isChangeable: (symbol) => values.visible[symbol]! > values.selected[symbol]!,
    defaultText: (symbol) => defaultText(engine, symbol),
    defaultMember: (choice) => evaluator.defaultMember(choice),
    isMenuVisible: (menu) => isMenuVisible(engine, menu),
  };
}
