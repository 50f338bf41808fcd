import type { Command } from "commander";
import type { ConfigEdit } from "@ipa-br/kconfig";
import { CliError } from "../../errors.js";
import type { Io } from "../../io.js";
import { set, type SetOptions } from "./set.js";

type Parser = (value: string) => unknown;

/** Adds `set`; its edits are done in the order of the command line. */
export function addSetCommand(add: (usage: string, description: string) => Command, io: Io): void {
  const edits: ConfigEdit[] = [];
  const named =
    (kind: "enable" | "disable" | "module" | "undefine"): Parser =>
    (name) =>
      edits.push({ kind, name });
  const command = add("set [assignments...]", "edit the .config: NAME=VALUE, or as with scripts/config of Linux")
    .option("-e, --enable <symbol>", "to y, repeatable as all of these", named("enable"))
    .option("-d, --disable <symbol>", "to n", named("disable"))
    .option("-m, --module <symbol>", "to m", named("module"))
    .option("-u, --undefine <symbol>", "take its line out", named("undefine"))
    .option("--set-str <name-and-value...>", "a text: --set-str NAME VALUE", pairs(edits, "set-str"))
    .option("--set-val <name-and-value...>", "a value: --set-val NAME VALUE", pairs(edits, "set-val"))
    .option("--force", "write also what does not hold")
    .option("--dry-run", "tell what would happen and write nothing");
  command.action((assignments: readonly string[], options: Omit<SetOptions, "edits">) => {
    const open = edits.find((edit) => "value" in edit && edit.value === missing);
    if (open !== undefined) throw malformed(`--${open.kind} ${open.name}`);
    return set(io, { ...options, edits: [...assignments.map(parseAssignment), ...edits] });
  });
}

/** Stands for the value that has not been read yet. */
const missing = "\n";

/** Takes the words after an option in pairs: a name, a value. */
function pairs(edits: ConfigEdit[], kind: "set-str" | "set-val"): Parser {
  return (word) => {
    const last = edits.at(-1);
    if (last?.kind === kind && last.value === missing) edits[edits.length - 1] = { ...last, value: word };
    else edits.push({ kind, name: word, value: missing });
    return edits.length;
  };
}

function parseAssignment(text: string): ConfigEdit {
  const equals = text.indexOf("=");
  if (equals <= 0) throw malformed(text);
  return { kind: "set-val", name: text.slice(0, equals), value: text.slice(equals + 1) };
}

function malformed(text: string): CliError {
  return new CliError("SETTING_INVALID", `${JSON.stringify(text)} is no edit: it has no value`, {
    hint: "ipa-br kconfig set NAME=VALUE, or --set-str NAME VALUE",
  });
}
