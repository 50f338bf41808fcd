import type { Dialect } from "../dialect/dialect.js";
import type { OptionNode } from "./ast.js";

/**
 * Why a choice does not take an option that stands below it; `undefined` where it does. Choices are bool or tristate,
 * their default is the name of one of their members and nothing else (`choice_option` in the tools' parser.y);
 * Kconfiglib takes more.
 */
export function refusedByChoice(option: OptionNode, { syntax, semantics }: Dialect, text: string): string | undefined {
  if (semantics.kconfiglib) return undefined;
  if (option.kind === "type") {
    if (semantics.choice === "legacy") {
      const takes = option.type === "bool" || option.type === "tristate";
      return takes ? undefined : `A choice is no ${option.type}.`;
    }
    if (syntax.strictEntries || option.type !== "bool") return 'A choice takes no "type".';
    return option.prompt === undefined ? "A choice's bool takes a prompt." : undefined;
  }
  if (option.kind !== "default") return undefined;
  if (option.type !== undefined) return `A choice takes no "def_${option.type}".`;
  const { value } = option;
  const isName = value.kind === "word" && !value.quoted && !text.slice(option.start, value.start).includes("(");
  return isName ? undefined : "The default of a choice is the name of one of its members.";
}
