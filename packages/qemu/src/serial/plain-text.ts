/** Where the filter is inside an escape sequence (ECMA-48, 5.3 and 5.4). */
type State = "text" | "escape" | "csi" | "string" | "string-escape";

const escape = "\u001b";

/**
 * Takes a stream of console output piece by piece and gives back its readable text: no escape sequences, no carriage
 * returns and no other control characters but line ends and tabs. A sequence that is cut between two pieces is removed
 * as well.
 */
export function plainTextFilter(): (chunk: string) => string {
  let state: State = "text";
  const step = (character: string): string => {
    const code = character.codePointAt(0) ?? 0;
    switch (state) {
      case "text":
        if (character === escape) state = "escape";
        else if (code >= 0x20 ? code !== 0x7f : character === "\n" || character === "\t") return character;
        return "";
      case "escape":
        if (character === "[") state = "csi";
        else if ("]PX^_".includes(character)) state = "string";
        else if (code < 0x20 || code > 0x2f) state = character === escape ? "escape" : "text";
        return "";
      case "csi":
        if (character === escape) state = "escape";
        else if (code >= 0x40 && code <= 0x7e) state = "text";
        return "";
      case "string":
        // A line end inside such a string means that its end was lost: better text again than silence.
        if (character === "\u0007" || character === "\n") state = "text";
        else if (character === escape) state = "string-escape";
        return "";
      case "string-escape":
        state = character === "\\" ? "text" : "string";
        return "";
    }
  };
  return (chunk) => {
    // Nearly every piece is plain: this is the boot log's hot path.
    if (state === "text" && /^[\n\r\t\u0020-\u007e]*$/.test(chunk)) return chunk.replaceAll("\r", "");
    let plain = "";
    for (const character of chunk) plain += step(character);
    return plain;
  };
}
