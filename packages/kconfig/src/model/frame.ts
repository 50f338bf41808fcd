import type { FileNode, StatementNode } from "../syntax/ast.js";
import type { TreeSymbol } from "./symbol.js";

/** Statements under way: those of a file, of a block, or of a block's end. */
export interface Frame {
  readonly statements: readonly StatementNode[];
  index: number;
  readonly file: FileNode;
  /** True where a menu has to be closed after the last statement. */
  readonly closes: boolean;
  /** The modern choice that the statements are in. */
  readonly choice: TreeSymbol | undefined;
}

/** True where the statement at hand is not the first one of the whole tree. */
export function isBehindOthers(frames: readonly Frame[]): boolean {
  const { statements, index } = frames[0]!;
  return frames.length > 1 || statements.slice(0, index - 1).some(({ kind }) => kind !== "macro");
}
