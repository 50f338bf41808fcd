/** What macros may ask of the outside, and where they report. */
export interface MacroContext {
  /** An environment variable. */
  environment(name: string): string | undefined;
  /** The standard output of a command. */
  shell(command: string): string;
  /** The file and line that `$(filename)` and `$(lineno)` name. */
  readonly path: string;
  readonly line: number;
  message(kind: "information" | "warning" | "error", text: string): void;
  /** A mistake in the use of macros; `words` are those of Linux' tool. */
  fail(
    code: "macro-unterminated" | "macro-recursive" | "macro-arguments" | "macro-limit",
    message: string,
    words?: string,
  ): void;
}

interface Variable {
  value: string;
  /** `:=`: the value was expanded when it was assigned. */
  simple: boolean;
  /** How many expansions of it are under way. */
  depth: number;
}

const maximumDepth = 1000;
const maximumArguments = 16;
/** What the macros of a whole tree may take; variables that contain themselves twice would grow without end. */
const maximumSteps = 200_000;
const maximumLength = 1 << 20;

/** How many arguments the built-in functions take. */
const functions: Readonly<Record<string, number>> = {
  "error-if": 2,
  filename: 0,
  info: 1,
  lineno: 0,
  shell: 1,
  "warning-if": 2,
};

/** The macro language of Linux: variables, user-defined functions, built-in functions, the environment. */
export class MacroProcessor {
  readonly #variables = new Map<string, Variable>();
  readonly #shellOutput: number;
  #steps = 0;

  /** `shellOutput`: how many bytes of a command's output `$(shell ...)` keeps. */
  constructor(shellOutput: number) {
    this.#shellOutput = shellOutput;
  }

  assign(name: string, operator: "=" | ":=" | "+=", value: string, context: MacroContext): void {
    const known = this.#variables.get(name);
    const append = operator === "+=" && known !== undefined;
    const simple = operator === "+=" ? (known?.simple ?? false) : operator === ":=";
    const text = simple ? this.expand(value, context) : value;
    if (append) known.value = `${known.value} ${text}`;
    else this.#variables.set(name, { value: text, simple, depth: known?.depth ?? 0 });
  }

  /** Replaces every `$(...)` of `text`. A `$` without a parenthesis stays. */
  expand(text: string, context: MacroContext, parameters: readonly string[] = []): string {
    let result = "";
    let from = 0;
    for (let dollar = text.indexOf("$("); dollar >= 0; dollar = text.indexOf("$(", from)) {
      const close = closingParenthesis(text, dollar + 2);
      if (close === undefined) {
        const words = `unterminated reference to '${text.slice(dollar + 2)}': missing ')'`;
        context.fail("macro-unterminated", `The reference "${text.slice(dollar)}" has no closing parenthesis.`, words);
        return result + text.slice(from, dollar);
      }
      result += text.slice(from, dollar) + this.#evaluate(text.slice(dollar + 2, close), context, parameters);
      from = close + 1;
      if (result.length <= maximumLength) continue;
      if (this.#steps <= maximumSteps) context.fail("macro-limit", "A text grows without end by its macros.");
      this.#steps = maximumSteps + 1;
      return "";
    }
    return result + text.slice(from);
  }

  #evaluate(clause: string, context: MacroContext, parameters: readonly string[]): string {
    if (this.#steps > maximumSteps) return "";
    if (++this.#steps > maximumSteps || clause.length > maximumLength) {
      this.#steps = maximumSteps + 1;
      context.fail("macro-limit", "The macros grow without end; from here on they give nothing.");
      return "";
    }
    const number = /^\s*\+?\d+$/.test(clause) ? Number(clause) : 0;
    if (number > 0 && number <= parameters.length) return parameters[number - 1]!;
    const parts = splitArguments(clause);
    if (parts.length > maximumArguments) {
      const message = `A function takes at most ${maximumArguments - 1} arguments.`;
      context.fail("macro-arguments", message, "too many function arguments");
      return "";
    }
    const [name = "", ...values] = parts.map((part) => this.expand(part, context, parameters));
    return (
      this.#variable(name, values, context) ??
      this.#function(name, values, context) ??
      (values.length === 0 && name !== "" ? context.environment(name) : undefined) ??
      ""
    );
  }

  #variable(name: string, values: readonly string[], context: MacroContext): string | undefined {
    const variable = this.#variables.get(name);
    if (variable === undefined) return undefined;
    if ((values.length === 0 && variable.depth > 0) || variable.depth > maximumDepth) {
      const tooDeep = values.length > 0 || variable.depth === 0;
      const words = `Recursive variable '${name}' references itself (eventually)`;
      context.fail(
        "macro-recursive",
        `The variable "${name}" refers to itself.`,
        tooDeep ? "Too deep recursive expansion" : words,
      );
      return "";
    }
    if (variable.simple) return variable.value;
    variable.depth++;
    const result = this.expand(variable.value, context, values);
    variable.depth--;
    return result;
  }

  #function(name: string, values: readonly string[], context: MacroContext): string | undefined {
    if (!Object.hasOwn(functions, name)) return undefined;
    const count = functions[name]!;
    if (values.length !== count) {
      const words = `too ${values.length < count ? "few" : "many"} function arguments passed to '${name}'`;
      context.fail("macro-arguments", `$(${name}) takes ${count} arguments, not ${values.length}.`, words);
      return "";
    }
    const [first = "", second = ""] = values;
    switch (name) {
      case "filename":
        return context.path;
      case "lineno":
        return String(context.line);
      case "shell":
        return trimOutput(context.shell(first), this.#shellOutput);
      case "info":
        context.message("information", first);
        return "";
      default:
        if (first === "y") context.message(name === "error-if" ? "error" : "warning", second);
        return "";
    }
  }
}

/** Where the parenthesis is that closes the one before `from`; `undefined` where there is none. */
export function closingParenthesis(text: string, from: number): number | undefined {
  let nested = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === "(") nested++;
    else if (text[at] === ")" && nested-- === 0) return at;
  }
  return undefined;
}

function splitArguments(clause: string): string[] {
  const parts: string[] = [];
  let nested = 0;
  let from = 0;
  for (let at = 0; at < clause.length; at++) {
    const character = clause[at];
    if (character === "(") nested++;
    else if (character === ")") nested--;
    else if (character === "," && nested === 0) {
      parts.push(clause.slice(from, at));
      from = at + 1;
    }
  }
  parts.push(clause.slice(from));
  return parts;
}

/** The output without its last line ends, inner ones as blanks, cut where C's buffer ends, and at a NUL byte. */
function trimOutput(output: string, limit: number): string {
  const text = output.slice(0, limit).replace(/\n+$/, "").replaceAll("\n", " ");
  const nul = text.indexOf("\0");
  return nul < 0 ? text : text.slice(0, nul);
}
