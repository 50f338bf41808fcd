import { ConfigDocument } from "../config/document.js";
import { KconfigError } from "../errors.js";
import { refusal } from "../configuration/accepted.js";
import { requireDefined } from "../configuration/require-symbol.js";
import type { Configuration } from "../configuration/configuration.js";
import type { KconfigSymbol } from "../model/symbol.js";
import { whyNot, type Obstacle } from "./explain.js";

/** One edit of a .config, as Linux' scripts/config knows them. */
export type ConfigEdit =
  | { readonly kind: "enable" | "disable" | "module" | "undefine"; readonly name: string }
  | { readonly kind: "set-str" | "set-val"; readonly name: string; readonly value: string };

/** What one edit came to. */
export interface EditOutcome {
  readonly name: string;
  /** The value that was asked for; `undefined` where the symbol was to be forgotten. */
  readonly wanted: string | undefined;
  /** The value before and after, as the tree evaluates the file. */
  readonly before: string;
  readonly after: string;
  /** True where the value that was asked for is the value after. */
  readonly held: boolean;
  readonly obstacles: readonly Obstacle[];
}

export interface EditReport {
  /** The edited text. */
  readonly text: string;
  readonly outcomes: readonly EditOutcome[];
  /** The other symbols whose value is another one now. */
  readonly alsoChanged: readonly { readonly name: string; readonly before: string; readonly after: string }[];
}

/**
 * Edits the text of a .config, defconfig or fragment without losing anything: an edit changes the one line of its symbol;
 * where a member of a choice is turned on, also those of the members that are on. The values are those that `text` has as
 * a whole; `configuration` has the edited text loaded afterwards.
 *
 * Throws UNKNOWN_SYMBOL and INVALID_VALUE before anything is changed.
 */
export function editConfig(
  configuration: Configuration,
  text: string,
  edits: readonly ConfigEdit[],
  options: { readonly path?: string } = {},
): EditReport {
  const { tree } = configuration;
  const symbols = edits.map((edit) => requireValue(configuration, edit));
  const document = ConfigDocument.parse(text, { dialect: tree.dialect });
  edits.forEach((edit, index) => applyEdit(document, edit, symbols[index]!));
  const valuesOf = (content: string): string[] => {
    configuration.load(content, options);
    return tree.symbols.map((symbol) => configuration.value(symbol.name));
  };
  const before = valuesOf(text);
  const edited = document.toString();
  const after = valuesOf(edited);
  // Of several edits of one symbol, the last one counts.
  const last = new Map(edits.map((edit) => [edit.name, edit]));
  const outcomes: EditOutcome[] = [];
  const alsoChanged: { name: string; before: string; after: string }[] = [];
  tree.symbols.forEach(({ name }, index) => {
    const edit = last.get(name);
    const values = { name, before: before[index]!, after: after[index]! };
    if (edit !== undefined) outcomes.push({ ...values, ...outcomeOf(configuration, edit, values.after) });
    else if (values.before !== values.after) alsoChanged.push(values);
  });
  return { text: edited, outcomes, alsoChanged };
}

function outcomeOf(
  configuration: Configuration,
  edit: ConfigEdit,
  after: string,
): Pick<EditOutcome, "wanted" | "held" | "obstacles"> {
  const wanted = wantedValue(edit);
  const held = wanted === undefined || after === wanted;
  return { wanted, held, obstacles: held ? [] : whyNot(configuration, edit.name, wanted) };
}

function wantedValue(edit: ConfigEdit): string | undefined {
  switch (edit.kind) {
    case "enable":
      return "y";
    case "disable":
      return "n";
    case "module":
      return "m";
    case "undefine":
      return undefined;
    default:
      return edit.value;
  }
}

function applyEdit(document: ConfigDocument, edit: ConfigEdit, symbol: KconfigSymbol): void {
  const wanted = wantedValue(edit);
  if (wanted === undefined) {
    document.remove(edit.name);
    return;
  }
  if (symbol.choice !== undefined && wanted === "y") {
    for (const { name } of symbol.choice.members) {
      if (name !== edit.name && document.get(name) === "y") document.unset(name);
    }
  }
  if (wanted === "n" && symbol.type !== "string") document.unset(edit.name);
  else document.set(edit.name, wanted, symbol.type === "string" ? "string" : "bare");
}

/** The symbol of an edit, if its type takes the value. */
function requireValue({ tree }: Configuration, edit: ConfigEdit): KconfigSymbol {
  const symbol = requireDefined(tree, edit.name);
  const wanted = wantedValue(edit);
  const takes = wanted === undefined ? undefined : takesInstead(symbol, edit.kind, wanted);
  if (takes === undefined) return symbol;
  throw new KconfigError(
    "INVALID_VALUE",
    `${JSON.stringify(wanted)} is no value for ${edit.name}, which is ${symbol.type}.`,
    {
      hint: `It takes ${takes}.`,
      details: { name: edit.name, value: wanted, type: symbol.type },
    },
  );
}

/** What the symbol takes, where that is not what the edit says. */
function takesInstead({ type }: KconfigSymbol, kind: ConfigEdit["kind"], value: string): string | undefined {
  const fits = type === "string" ? kind.startsWith("set") : kind !== "set-str";
  // No type takes a line end.
  return refusal(type, fits ? value : "\n");
}
