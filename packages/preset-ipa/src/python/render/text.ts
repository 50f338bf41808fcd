/** Wraps a paragraph at so many columns; a word that is longer stands alone. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).filter((part) => part !== "")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return line === "" ? lines : [...lines, line];
}

/** Help text as Buildroot indents it: a tab and two spaces, at most 72 columns with the tab as eight. */
export function help(...paragraphs: readonly string[]): string {
  const wrapped = paragraphs.map((paragraph) =>
    wrap(paragraph, 62)
      .map((line) => `\t  ${line}\n`)
      .join(""),
  );
  return `\thelp\n${wrapped.join("\n")}`;
}

/** A variable of a makefile with one value on the line, or each on a line of its own. */
export function makeVariable(name: string, values: readonly string[]): string {
  if (values.length === 0) return "";
  if (values.length === 1) return `${name} = ${values[0]}\n`;
  return `${name} = \\\n${values.map((value) => `\t${value}`).join(" \\\n")}\n`;
}
