import type { Diagnostic } from "../base/diagnostics.js";
import { MacroProcessor } from "../macro/expand.js";
import type { TreeReport } from "./menu-builder.js";
import type { AssignmentNode, FileNode, StatementNode, WordNode } from "../syntax/ast.js";
import { sourcesOf } from "./source-reader.js";
import type { TreeMemory, TreeRequest } from "./tree-memory.js";
import { WordExpander } from "./word-expander.js";

export interface ExpandMacrosOptions extends TreeRequest {
  readonly cache: TreeMemory;
}

/** What of a statement macros have to do with. */
interface Step {
  readonly line: number;
  readonly assignment?: AssignmentNode;
  readonly source?: WordNode;
  readonly words?: readonly WordNode[];
}

interface Frame {
  readonly file: FileNode;
  readonly steps: readonly Step[];
  index: number;
}

/**
 * Goes through a tree's files for their macros alone, in the order of the text, and builds nothing of it: asks the host's
 * shell everything that reading the tree asks. Findings are left to the reading. Stops before each file, so that whoever
 * drives it can look after the commands that run.
 */
export function* expandMacros(options: ExpandMacrosOptions): Generator<void, void, void> {
  const { host, dialect, env, cache } = options;
  const { sources, name } = sourcesOf(options, cache);
  const ignored: Diagnostic[] = [];
  const report: TreeReport = (severity, code, location, message) => {
    ignored.push({ severity, code, message, ...location, column: 1 });
  };
  const { shellOutput, plainVariables } = dialect.syntax;
  const words = new WordExpander(new MacroProcessor(shellOutput), host, env, report, plainVariables);
  const frames: Frame[] = [];
  const enter = (path: string): void => {
    if (frames.some(({ file }) => file.path === path)) return;
    const file = sources.read(path);
    if (file !== undefined) frames.push({ file, steps: stepsOf(file), index: 0 });
  };
  enter(name);
  for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
    const step = frame.steps[frame.index++];
    if (step === undefined) {
      frames.pop();
      continue;
    }
    const location = { path: frame.file.path, line: step.line };
    const expand = (word: WordNode): string => (word.macro ? words.expand(word, location) : word.text);
    if (step.assignment !== undefined) words.assign(step.assignment, location);
    for (const word of step.words ?? []) expand(word);
    if (step.source === undefined) continue;
    yield;
    enter(expand(step.source));
  }
}

const knownSteps = new WeakMap<FileNode, readonly Step[]>();

function stepsOf(file: FileNode): readonly Step[] {
  let steps = knownSteps.get(file);
  if (steps === undefined) {
    const found: Step[] = [];
    addSteps(file, found);
    knownSteps.set(file, (steps = found));
  }
  return steps;
}

function addSteps({ text, statements }: FileNode, steps: Step[]): void {
  const stack = statements.toReversed();
  let macro = text.indexOf("$(");
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    const { line, start, end } = node;
    if (macro >= 0 && macro < start) macro = text.indexOf("$(", start);
    if (node.kind === "assignment") steps.push({ line, assignment: node });
    else if (node.kind === "source") steps.push({ line, source: node.path });
    else if (macro >= 0 && macro < end) {
      const words = macroWords(node);
      if (words.length > 0) steps.push({ line, words });
    }
    if ("children" in node) for (const child of node.children.toReversed()) stack.push(child);
  }
}

/** The words with macros of a statement and its options, without those of the statements inside. */
function macroWords(root: StatementNode): WordNode[] {
  const words: WordNode[] = [];
  const stack: unknown[] = [root];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    if (Array.isArray(at)) for (const entry of at) stack.push(entry);
    else if (isWord(at)) {
      if (at.macro) words.push(at);
    } else {
      for (const [name, value] of Object.entries(at as object)) {
        if (name !== "children" && typeof value === "object") stack.push(value);
      }
    }
  }
  return words;
}

function isWord(value: unknown): value is WordNode {
  return (value as { readonly kind?: unknown }).kind === "word";
}
