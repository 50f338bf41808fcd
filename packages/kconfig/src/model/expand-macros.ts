import type { Diagnostic } from "../base/diagnostics.js";
import type { Environment } from "../base/environment.js";
import type { KconfigHost } from "../base/host.js";
import type { Dialect } from "../dialect/dialect.js";
import { MacroProcessor } from "../macro/expand.js";
import type { TreeReport } from "./menu-builder.js";
import type { FileNode, StatementNode, WordNode } from "../syntax/ast.js";
import { SourceReader } from "./source-reader.js";
import type { TreeMemory } from "./tree-memory.js";
import { WordExpander } from "./word-expander.js";

export interface ExpandMacrosOptions {
  readonly root: string;
  readonly host: KconfigHost;
  readonly dialect: Dialect;
  readonly env: Environment;
  readonly cache: TreeMemory;
}

interface Frame {
  readonly file: FileNode;
  readonly statements: readonly StatementNode[];
  index: number;
}

/**
 * Goes through a tree's files for their macros alone, in the order of the text, and builds nothing of it: asks the host's
 * shell everything that reading the tree asks. Findings are left to the reading.
 */
export function expandMacros(options: ExpandMacrosOptions): void {
  const { root, host, dialect, env, cache } = options;
  const slash = root.lastIndexOf("/");
  const sources = new SourceReader(host, dialect, slash < 0 ? "" : root.slice(0, Math.max(slash, 1)), env, cache);
  const ignored: Diagnostic[] = [];
  const report: TreeReport = (severity, code, location, message) => {
    ignored.push({ severity, code, message, ...location, column: 1 });
  };
  const words = new WordExpander(new MacroProcessor(), host, env, report, dialect.syntax.plainVariables);
  const frames: Frame[] = [];
  const enter = (path: string): void => {
    if (frames.some(({ file }) => file.path === path)) return;
    const file = sources.read(path);
    if (file !== undefined) frames.push({ file, statements: file.statements, index: 0 });
  };
  enter(root.slice(slash + 1));
  for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
    const node = frame.statements[frame.index++];
    if (node === undefined) {
      frames.pop();
      continue;
    }
    const { file } = frame;
    const location = { path: file.path, line: node.line };
    const expand = (word: WordNode): string => (word.macro ? words.expand(word, location) : word.text);
    if (node.kind === "assignment") words.assign(node, location);
    else if (node.kind === "source") enter(expand(node.path));
    else if (file.text.includes("$(")) eachWord(node, expand);
    if ("children" in node) frames.push({ file, statements: node.children, index: 0 });
  }
}

/** Calls `visit` with the words of a statement and its options, not with those of the statements inside. */
function eachWord(root: StatementNode, visit: (word: WordNode) => void): void {
  const stack: unknown[] = [root];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    if (Array.isArray(at)) stack.push(...at);
    else if (isWord(at)) visit(at);
    else {
      for (const [name, value] of Object.entries(at as object)) {
        if (name !== "children" && typeof value === "object") stack.push(value);
      }
    }
  }
}

function isWord(value: unknown): value is WordNode {
  return (value as { readonly kind?: unknown }).kind === "word";
}
