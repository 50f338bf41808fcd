/** Characters per typed line: less than what BusyBox' line editor takes (CONFIG_FEATURE_EDITING_MAX_LEN, 1024). */
const lineLength = 400;

/**
 * A line, or several joined by backslashes, to type into a POSIX shell, that runs `sh -c COMMAND` between two markers:
 * `<begin:ID>` and `<end:ID:CODE>`, each on a line of its own. The typed line itself, which the terminal echoes, holds neither. No
 * pager waits for a key. Everything but harmless ASCII is written in octal for printf, so no key has a meaning for a line editor
 * (Tab, Ctrl-c), for history (`!`) or for the terminal.
 */
export function shellLine(command: string, id: string): string {
  const pieces: string[] = [];
  for (let rest = printfEscapes(command); rest.length > 0;) {
    // Never between the characters of one escape: a backslash before the cut belongs to the next piece.
    const cut = rest.slice(0, lineLength).match(/^(?:\\[0-7]{3}|%%|[^\\%])*/)?.[0].length ?? lineLength;
    pieces.push(rest.slice(0, cut));
    rest = rest.slice(cut);
  }
  const quoted = pieces.map((piece) => `'${piece}'`).join("\\\n");
  const marker = (kind: string, more: string): string => `printf '\\n<%s:%s${more}>\\n' ${kind} ${id}`;
  return ` ${marker("begin", "")}; PAGER=cat SYSTEMD_PAGER=cat sh -c "$(printf ${quoted || "''"})"; ${marker("end", ":%s")} "$?"\n`;
}

/** The text as a printf format that prints it: only letters, digits and some punctuation stay as they are. */
function printfEscapes(text: string): string {
  let escaped = "";
  for (const byte of new TextEncoder().encode(text)) {
    const character = String.fromCharCode(byte);
    if (character === "%") escaped += "%%";
    else if (/[A-Za-z0-9 .,/:;=_+@<>|&()[\]{}*?~^$"#-]/.test(character)) escaped += character;
    else escaped += `\\${byte.toString(8).padStart(3, "0")}`;
  }
  return escaped;
}
