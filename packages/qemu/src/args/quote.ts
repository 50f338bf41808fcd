import type { Command } from "../types.js";

const harmless = /^[A-Za-z0-9_@%+:,./-]+$/;

/** One word for a POSIX shell (POSIX.1-2017, Shell Command Language, 2.2.2 Single-Quotes). */
function quoteWord(word: string): string {
  return harmless.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** The command as one line: pasted into a POSIX shell it runs exactly these words. */
export function quoteCommand(command: Command): string {
  return [command.file, ...command.args].map(quoteWord).join(" ");
}
