/** What one line of a .config says; `comment` is every line that the C tool passes over without a word. */
export type ConfigLine =
  | { readonly kind: "set"; readonly name: string; readonly raw: string }
  | { readonly kind: "unset"; readonly name: string }
  | { readonly kind: "comment" }
  | { readonly kind: "blank" }
  | { readonly kind: "unexpected" };

const comment: ConfigLine = { kind: "comment" };
const blank: ConfigLine = { kind: "blank" };
const unexpected: ConfigLine = { kind: "unexpected" };

/**
 * Reads one line (without its line end) the way C `conf` does (conf_read_simple in confdata.c): a `#` with any one
 * character after it may start `# NAME is not set`, whatever follows these words; `NAME=` starts a value; a line with
 * the prefix and no `=` is passed over. A carriage return at the end of a value stays where the line has not `ended`.
 */
export function readConfigLine(line: string, prefix: string, ended = true): ConfigLine {
  if (line.startsWith("#")) {
    if (!line.startsWith(prefix, 2)) return comment;
    const space = line.indexOf(" ", 2 + prefix.length);
    if (space < 0 || !line.startsWith("is not set", space + 1)) return comment;
    return { kind: "unset", name: line.slice(2 + prefix.length, space) };
  }
  if (line === "" || line === "\r") return blank;
  if (!line.startsWith(prefix)) return unexpected;
  const equals = line.indexOf("=", prefix.length);
  if (equals < 0) return prefix === "" ? unexpected : comment;
  const raw = ended && line.endsWith("\r") ? line.slice(equals + 1, -1) : line.slice(equals + 1);
  return { kind: "set", name: line.slice(prefix.length, equals), raw };
}

/**
 * The text inside of a quoted value: up to the first quote that no backslash guards, backslashes taken off.
 * `undefined` where `raw` does not start with a quote or the closing one is missing.
 */
export function unquoteValue(raw: string): string | undefined {
  if (!raw.startsWith('"')) return undefined;
  let value = "";
  let from = 1;
  for (let at = 1; at < raw.length; at++) {
    const character = raw[at];
    if (character === '"') return value + raw.slice(from, at);
    if (character !== "\\") continue;
    value += raw.slice(from, at);
    from = ++at;
  }
  return undefined;
}

/** A string value in quotes as some tools have it: nothing guarded; a lone quote is both of them, as for C. */
export const rawString = {
  quote: (value: string): string => `"${value}"`,
  unquote: (raw: string): string | undefined =>
    raw.startsWith('"') && raw.endsWith('"') ? raw.slice(1, -1) : undefined,
};

/** A string value as it stands in a .config: in quotes, quotes and backslashes guarded by a backslash. */
export function quoteValue(value: string): string {
  return `"${value.replace(/["\\]/g, "\\$&")}"`;
}
