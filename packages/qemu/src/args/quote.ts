import type { Command } from "../types.js";

/** Words that no POSIX shell reads otherwise than as they are. A leading `~` or a `=` would be read by some. */
const harmless = /^[A-Za-z0-9_@%+:,./-][A-Za-z0-9_@%+:,./=-]*$/;

/** One word for a POSIX shell (POSIX.1-2017, Shell Command Language, 2.2.2 Single-Quotes). */
export function quoteWord(word: string): string {
  return harmless.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** The command as one line: pasted into a POSIX shell it runs exactly these words. */
export function quoteCommand(command: Command): string {
  // `A=B` as the first word would be an assignment.
  const file = command.file.includes("=") ? `'${command.file.replaceAll("'", `'\\''`)}'` : quoteWord(command.file);
  return [file, ...command.args.map(quoteWord)].join(" ");
}
