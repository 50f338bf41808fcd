import { LineTable } from "../base/position.js";
import { nearestNames } from "../base/nearest-names.js";
import { isDecimal, isHexadecimal } from "../base/numbers.js";
import type { KconfigTree } from "../model/tree.js";
import type { ExpressionNode, FileNode, OptionNode, StatementNode, WordNode } from "../syntax/ast.js";
import type { LintFinding } from "./finding.js";

/** Every statement of a file, those in blocks included, in the order of the text. */
export function* statementsOf(file: FileNode): Generator<StatementNode> {
  const stack: StatementNode[] = [...file.statements].reverse();
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    yield at;
    if ("children" in at) stack.push(...[...at.children].reverse());
  }
}

/** A mention of a symbol, and which statement it is part of. */
interface Mention {
  readonly word: WordNode;
  readonly owner: string;
}

/**
 * Names in conditions, selects, defaults and bounds that no config statement of the tree defines; names that come from
 * macros are left out, and so are words that can be meant as a number or a text. `known` is for names that other
 * trees define, such as those of the other architectures of Linux.
 */
export function findUndefined(
  tree: KconfigTree,
  files: readonly FileNode[],
  known: ReadonlySet<string> = new Set(),
): LintFinding[] {
  const findings: LintFinding[] = [];
  const names = tree.symbols.map(({ name }) => name);
  const near = new Map<string, readonly string[]>();
  for (const file of files) {
    let lines: LineTable | undefined;
    for (const { word, owner } of mentionsOf(tree, file)) {
      if (isDefined(tree, word) || known.has(word.text)) continue;
      lines ??= new LineTable(file.text);
      const { line, column } = lines.position(word.start);
      let candidates = near.get(word.text);
      if (candidates === undefined) near.set(word.text, (candidates = nearestNames(word.text, names, 1)));
      findings.push({
        code: "undefined-reference",
        severity: "warning",
        path: file.path,
        line,
        column,
        excerpt: lines.line(line).slice(0, 200),
        symbol: owner,
        message: `No config statement defines ${word.text}.`,
        ...(candidates.length === 0 ? {} : { hint: `Is ${candidates[0]} meant?` }),
      });
    }
  }
  return findings;
}

function isDefined(tree: KconfigTree, { text, quoted, macro }: WordNode): boolean {
  if (quoted || macro || text === "" || /^[ymn]$/.test(text)) return true;
  if (isDecimal(text) || (isHexadecimal(text) && /^0[xX]/.test(text))) return true;
  return tree.symbol(text)?.isDefined === true || tree.symbol(text)?.environment !== undefined;
}

function* mentionsOf(tree: KconfigTree, file: FileNode): Generator<Mention> {
  for (const statement of statementsOf(file)) {
    const owner = "name" in statement && statement.kind !== "assignment" ? (statement.name?.text ?? "") : "";
    if (statement.kind === "if") yield* inExpression(tree, statement.condition, owner);
    if (!("options" in statement)) continue;
    const type = owner === "" ? undefined : tree.symbol(owner)?.type;
    const isLogic = type === undefined || type === "bool" || type === "tristate" || type === "unknown";
    for (const option of statement.options) yield* inOption(tree, option, owner, isLogic);
  }
}

function* inOption(tree: KconfigTree, option: OptionNode, owner: string, isLogic: boolean): Generator<Mention> {
  if ("condition" in option && option.condition !== undefined) yield* inExpression(tree, option.condition, owner);
  switch (option.kind) {
    case "default":
      // The default of a text or a number may be a bare word.
      if (isLogic || option.value.kind !== "word") yield* inExpression(tree, option.value, owner);
      return;
    case "select":
    case "imply":
      yield { word: option.symbol, owner };
      return;
    case "depends":
      yield* inExpression(tree, option.dependency, owner);
      return;
    default:
  }
}

function* inExpression(tree: KconfigTree, root: ExpressionNode, owner: string): Generator<Mention> {
  const stack = [root];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    if (at.kind === "word") yield { word: at, owner };
    else if (at.kind === "not") stack.push(at.operand);
    else if (at.kind === "compare") {
      yield { word: at.left, owner };
      const type = tree.symbol(at.left.text)?.type;
      if (type === "bool" || type === "tristate") yield { word: at.right, owner };
    } else stack.push(...[...at.operands].reverse());
  }
}
