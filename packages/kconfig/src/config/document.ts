import { KconfigError } from "../errors.js";
import { quoteValue, readConfigLine, unquoteValue } from "./line.js";
import { prefixOf, type ConfigFormat } from "./read.js";

/** How a value is to be spelled. `auto` keeps what the line has, else guesses from the value's shape. */
export type ValueSpelling = "auto" | "string" | "bare";

interface Line {
  /** The line with its line end. */
  text: string;
  /** The symbol that it assigns, if any. */
  readonly name: string | undefined;
}

/**
 * A .config, defconfig or fragment that is edited without losing anything: comments, order, blank lines, line ends and
 * repeated assignments stay, and a change touches one line.
 */
export class ConfigDocument {
  readonly #lines: Line[];
  readonly #prefix: string;
  /** Name to the index of the line that counts: the last one. */
  readonly #effective = new Map<string, number>();

  private constructor(lines: Line[], prefix: string) {
    this.#lines = lines;
    this.#prefix = prefix;
    this.#indexLines();
  }

  /** Reads any text; nothing is refused. `format` defaults to names without a prefix, as in Buildroot. */
  static parse(text: string, format: ConfigFormat = { prefix: "" }): ConfigDocument {
    const prefix = prefixOf(format);
    const lines = (text.match(/[^\n]*\n|[^\n]+$/g) ?? []).map((line): Line => {
      const content = readConfigLine(line.endsWith("\n") ? line.slice(0, -1) : line, prefix);
      return { text: line, name: content.kind === "set" || content.kind === "unset" ? content.name : undefined };
    });
    return new ConfigDocument(lines, prefix);
  }

  /** The names that the document assigns, each once, in the order of their lines that count. */
  names(): string[] {
    return [...this.#effective].sort((a, b) => a[1] - b[1]).map(([name]) => name);
  }

  has(name: string): boolean {
    return this.#effective.has(name);
  }

  /** The value without quotes, `n` for `# NAME is not set`, `undefined` where no line assigns the symbol. */
  get(name: string): string | undefined {
    const content = this.#content(name);
    if (content === undefined) return undefined;
    return content.kind === "set" ? (unquoteValue(content.raw) ?? content.raw) : "n";
  }

  /**
   * Assigns a value: the line that counts is changed in place, a new symbol gets a line at the end. A value that the
   * symbol has already changes nothing. With `spelling: "auto"` a line keeps its quotes; a new value stays bare when it
   * is `y`, `m` or a number, `n` becomes `# NAME is not set`, all else is quoted. Say `string` for the symbols whose
   * type is string and whose value may look like a number or a letter.
   *
   * Throws INVALID_NAME for a name that no line could hold and INVALID_VALUE for a value with a line break.
   */
  set(name: string, value: string, spelling: ValueSpelling = "auto"): this {
    checkName(name);
    if (/[\n\r\0]/.test(value)) {
      throw new KconfigError("INVALID_VALUE", `The value for ${name} contains a line break or a NUL byte.`, {
        hint: "A .config holds one value per line: replace the line break by a space.",
        details: { name, value },
      });
    }
    const content = this.#content(name);
    const raw = content?.kind === "set" ? content.raw : undefined;
    const quoted = raw !== undefined && unquoteValue(raw) !== undefined;
    const bare = spelling === "bare" || (spelling === "auto" && !quoted && isBare(value, raw));
    if (this.get(name) === value && quoted === !bare) return this;
    if (bare && value === "n") return this.unset(name);
    this.#write(name, `${this.#prefix}${name}=${bare ? value : quoteValue(value)}`);
    return this;
  }

  /** Writes `# NAME is not set`: the symbol is off on purpose. */
  unset(name: string): this {
    checkName(name);
    if (this.#content(name)?.kind !== "unset") this.#write(name, `# ${this.#prefix}${name} is not set`);
    return this;
  }

  /** Takes out every line that assigns the symbol, so that its default holds. False where there was none. */
  remove(name: string): boolean {
    if (!this.#effective.has(name)) return false;
    const kept = this.#lines.filter((line) => line.name !== name);
    this.#lines.splice(0, this.#lines.length, ...kept);
    this.#indexLines();
    return true;
  }

  /** Puts another name in place of a symbol's, in every line that assigns it; values and order stay. */
  rename(name: string, next: string): this {
    checkName(next);
    if (name === next) return this;
    this.#lines.forEach((line, index) => {
      if (line.name !== name) return;
      const at = line.text.indexOf(this.#prefix + name) + this.#prefix.length;
      this.#lines[index] = { text: line.text.slice(0, at) + next + line.text.slice(at + name.length), name: next };
    });
    this.#indexLines();
    return this;
  }

  /** The text; unchanged byte for byte where nothing was set. */
  toString(): string {
    return this.#lines.map((line) => line.text).join("");
  }

  #indexLines(): void {
    this.#effective.clear();
    this.#lines.forEach((line, index) => {
      if (line.name !== undefined) this.#effective.set(line.name, index);
    });
  }

  #content(name: string): ReturnType<typeof readConfigLine> | undefined {
    const index = this.#effective.get(name);
    return index === undefined ? undefined : readConfigLine(stripEnd(this.#lines[index]!.text), this.#prefix);
  }

  #write(name: string, content: string): void {
    const index = this.#effective.get(name);
    if (index !== undefined) {
      const line = this.#lines[index]!;
      line.text = content + lineEnd(line.text);
      return;
    }
    const last = this.#lines.at(-1);
    const end = (this.#lines[0] === undefined ? "" : lineEnd(this.#lines[0].text)) || "\n";
    if (last !== undefined && lineEnd(last.text) === "") last.text += end;
    this.#effective.set(name, this.#lines.length);
    this.#lines.push({ text: content + end, name });
  }
}

const lineEnd = (text: string): string => (text.endsWith("\r\n") ? "\r\n" : text.endsWith("\n") ? "\n" : "");

const stripEnd = (text: string): string => text.slice(0, text.length - lineEnd(text).length);

function isBare(value: string, raw: string | undefined): boolean {
  if (/^([ymn]|-?[0-9]+|0[xX][0-9a-fA-F]+)$/.test(value)) return true;
  // A hexadecimal number without its 0x is legal; only a line that has one already tells it from a word.
  return raw !== undefined && /^[0-9a-fA-F]+$/.test(raw) && /^[0-9a-fA-F]+$/.test(value);
}

function checkName(name: string): void {
  if (/^[A-Za-z0-9_]+$/.test(name)) return;
  throw new KconfigError("INVALID_NAME", `"${name}" is no name of a symbol.`, {
    hint: "Names have letters, digits and underscores.",
    details: { name },
  });
}
