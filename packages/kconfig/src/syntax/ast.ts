import type { SymbolTypeName } from "../dialect/dialect.js";

/** Where a node stands in its file's text: offsets from 0, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A name, a number, a quoted string or a macro as written, e.g. `BR2_x86_64`, `"text"`, `$(CC)`. */
export interface WordNode extends Span {
  readonly kind: "word";
  /** Without quotes and without the backslashes that guard characters; macros not expanded. */
  readonly text: string;
  readonly quoted: boolean;
  /** True where the dialect has macros and the word holds a `$`. */
  readonly macro: boolean;
}

export type ComparisonOperator = "=" | "!=" | "<" | "<=" | ">" | ">=";

/** An expression. Chains of one operator are one node with many operands, so depth is that of the parentheses. */
export type ExpressionNode =
  | WordNode
  | { readonly kind: "not"; readonly operand: ExpressionNode }
  | { readonly kind: "and" | "or"; readonly operands: readonly ExpressionNode[] }
  | {
      readonly kind: "compare";
      readonly operator: ComparisonOperator;
      readonly left: WordNode;
      readonly right: WordNode;
    };

interface LineNode extends Span {
  /** The line of the first word, from 1. */
  readonly line: number;
}

/** What may stand below a config, choice, menu or comment. */
export type OptionNode =
  | (LineNode & {
      readonly kind: "type";
      readonly type: SymbolTypeName;
      readonly prompt: WordNode | undefined;
      readonly condition: ExpressionNode | undefined;
    })
  | (LineNode & { readonly kind: "prompt"; readonly prompt: WordNode; readonly condition: ExpressionNode | undefined })
  | (LineNode & {
      readonly kind: "default";
      /** Set by `def_bool` and its like. */
      readonly type: SymbolTypeName | undefined;
      readonly value: ExpressionNode;
      readonly condition: ExpressionNode | undefined;
    })
  | (LineNode & {
      readonly kind: "select" | "imply";
      readonly symbol: WordNode;
      readonly condition: ExpressionNode | undefined;
    })
  | (LineNode & {
      readonly kind: "range";
      readonly low: WordNode;
      readonly high: WordNode;
      readonly condition: ExpressionNode | undefined;
    })
  | (LineNode & {
      readonly kind: "depends";
      readonly dependency: ExpressionNode;
      readonly condition: ExpressionNode | undefined;
    })
  | (LineNode & { readonly kind: "visible"; readonly condition: ExpressionNode | undefined })
  | (LineNode & {
      readonly kind: "option";
      readonly items: readonly { readonly name: WordNode; readonly value: WordNode | undefined }[];
    })
  | (LineNode & { readonly kind: "optional" | "modules" | "transitional" })
  | (LineNode & {
      readonly kind: "help";
      /** The text's lines; `helpText` gives them without their indentation. */
      readonly body: Span;
    });

export interface ConfigNode extends LineNode {
  /** `configdefault` adds defaults to a symbol that is defined elsewhere. */
  readonly kind: "config" | "menuconfig" | "configdefault";
  readonly name: WordNode;
  readonly options: readonly OptionNode[];
}

export interface CommentNode extends LineNode {
  readonly kind: "comment";
  readonly title: WordNode;
  readonly options: readonly OptionNode[];
}

interface BlockNode extends LineNode {
  readonly children: readonly StatementNode[];
}

export interface ChoiceNode extends BlockNode {
  readonly kind: "choice";
  readonly name: WordNode | undefined;
  readonly options: readonly OptionNode[];
}

export interface MenuNode extends BlockNode {
  readonly kind: "menu";
  readonly title: WordNode;
  readonly options: readonly OptionNode[];
}

export interface IfNode extends BlockNode {
  readonly kind: "if";
  readonly condition: ExpressionNode;
}

export interface SourceNode extends LineNode {
  readonly kind: "source";
  /** True where the path is relative to the folder of the file that it stands in. */
  readonly relative: boolean;
  /** True where the file need not exist. */
  readonly optional: boolean;
  readonly path: WordNode;
}

export interface MainMenuNode extends LineNode {
  readonly kind: "mainmenu";
  readonly title: WordNode;
}

/** `NAME = value` of the dialects with macros. */
export interface AssignmentNode extends LineNode {
  readonly kind: "assignment";
  readonly name: WordNode;
  readonly operator: "=" | ":=" | "+=";
  /** As written, up to the end of the line. */
  readonly value: string;
}

/** A line that is one macro, such as `$(info,text)`. */
export interface MacroNode extends LineNode {
  readonly kind: "macro";
  readonly word: WordNode;
}

export type StatementNode =
  | ConfigNode
  | ChoiceNode
  | MenuNode
  | IfNode
  | CommentNode
  | SourceNode
  | MainMenuNode
  | AssignmentNode
  | MacroNode;

/** One parsed file. Nothing of the text is lost: `text` is whole, and every node knows its span of it. */
export interface FileNode {
  readonly kind: "file";
  readonly path: string;
  readonly text: string;
  readonly statements: readonly StatementNode[];
}
