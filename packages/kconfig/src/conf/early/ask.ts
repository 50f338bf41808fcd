import { Type } from "../../evaluate/program.js";
import type { ConfRun } from "../run.js";
import type { GlibcRandom } from "../random.js";
import type { ConfSteps } from "../walk/request.js";
import type { EarlyValues } from "./early-values.js";
import { takesText } from "./read.js";

/** Who answers: somebody about everything or about what is new, or a rule. */
export type EarlyMode = "all" | "new" | "silent" | "default" | "yes" | "mod" | "no" | "random";

/** C keeps so much of a line that somebody typed. */
const lineLimit = 127;
const levels = { no: 0, mod: 1, yes: 2 } as const;

/** What the questions of a run have in common: indentation, the line at hand, the dice. */
export class EarlyConsole {
  readonly values: EarlyValues;
  readonly run: Pick<ConfRun, "print" | "fail">;
  mode: EarlyMode;
  /** False where nobody can answer, and asking is an error. */
  canAsk: boolean;
  indent = 1;
  /** How many lines were asked for. */
  linesRead = 0;
  readonly random: GlibcRandom;
  #rest = "";

  constructor(
    run: Pick<ConfRun, "print" | "fail">,
    values: EarlyValues,
    setup: { readonly mode: EarlyMode; readonly canAsk: boolean; readonly random: GlibcRandom },
  ) {
    this.run = run;
    this.values = values;
    this.mode = setup.mode;
    this.canAsk = setup.canAsk;
    this.random = setup.random;
  }

  print(text: string): void {
    this.run.print(text);
  }

  get margin(): string {
    return " ".repeat(this.indent - 1);
  }

  /** A character at the end of the margin. */
  mark(character: string): string {
    return this.margin + character;
  }

  /** Ends the run where nobody is there to answer. */
  checkInput(): void {
    if (this.canAsk || this.mode !== "silent") return;
    this.print("aborted!\n\n");
    this.print("Console input/output is redirected. Run 'make oldconfig' to update configuration.\n\n");
    this.run.fail("");
  }

  /** A line of the input; the run ends with it. */
  *readLine(): ConfSteps<string> {
    this.linesRead++;
    if (this.#rest === "") {
      const line = yield { kind: "line" };
      if (line === undefined) return this.run.fail("");
      this.#rest = line;
    }
    const text = this.#rest.slice(0, lineLimit);
    this.#rest = this.#rest.slice(lineLimit);
    const nul = text.indexOf("\0");
    return nul < 0 ? text : text.slice(0, nul);
  }

  /** The answer to a question about a symbol whose value is `now` (conf_askvalue); an empty line leaves it. */
  *ask(symbol: number, now: string): ConfSteps<string> {
    const { values, mode } = this;
    if (values.user.has[symbol] === 0) this.print("(NEW) ");
    if (!values.isChangeable(symbol)) return this.#tell(now);
    const logic = values.typeOf(symbol) === Type.bool || values.typeOf(symbol) === Type.tristate;
    if (logic && (mode === "yes" || mode === "mod" || mode === "no")) {
      const letter = this.#preferred(symbol, levels[mode]);
      if (letter !== undefined) return this.#echo(letter);
    }
    if (mode === "default") return this.#tell(now);
    if (mode === "all") return yield* this.readLine();
    if (values.user.has[symbol] === 1) return this.#tell(now);
    if (mode === "new" || mode === "silent") {
      this.checkInput();
      return yield* this.readLine();
    }
    if (!logic) return this.#tell(now);
    // Also where the wanted level and all below it are refused.
    for (;;) {
      const value = this.random.below(3);
      if (takesTristate(values, symbol, value)) return this.#echo("nmy"[value]!);
    }
  }

  #tell(now: string): string {
    this.print(`${now}\n`);
    return "\n";
  }

  #echo(letter: string): string {
    this.print(`${letter}\n`);
    return `${letter}\n`;
  }

  /** The wanted level or the next lower one that the symbol takes; a bool that should be m becomes y. */
  #preferred(symbol: number, wanted: number): string | undefined {
    const { values } = this;
    const tristate = values.typeOf(symbol) === Type.tristate;
    const candidates = wanted === 0 ? [0] : wanted === 2 ? [2, tristate ? 1 : 2, 0] : [tristate ? 1 : 2, 0];
    const value = candidates.find((candidate) => takesTristate(values, symbol, candidate));
    return value === undefined ? undefined : "nmy"[value];
  }
}

/** True where the user may give a bool or tristate symbol this value (sym_tristate_within_range). */
export function takesTristate(values: EarlyValues, symbol: number, value: number): boolean {
  const [visible, selected] = [values.visible[symbol]!, values.selected[symbol]!];
  const type = values.typeOf(symbol);
  if (visible === 0 || (type !== Type.bool && type !== Type.tristate)) return false;
  if ((type === Type.bool && value === 1) || visible <= selected) return false;
  if (values.rules(symbol).choice >= 0 && visible === 2) return value === 2;
  return value >= selected && value <= visible;
}

/** Sets a bool or tristate symbol; false where it cannot have the value (sym_set_tristate_value). */
export function answerTristate(values: EarlyValues, symbol: number, value: number): boolean {
  const { user } = values;
  const before = values.tri[symbol]!;
  if (before !== value && !takesTristate(values, symbol, value)) return false;
  user.has[symbol] = 1;
  const { choice } = values.rules(symbol);
  if (choice >= 0 && value === 2) {
    user.member[choice] = symbol;
    user.has[choice] = 1;
    for (const member of values.rules(choice).members) if (values.visible[member] !== 0) user.has[member] = 1;
  }
  user.tri[symbol] = value;
  if (before !== value) values.invalidate();
  return true;
}

/** Sets an int, hex or string symbol; false where it does not take the text (sym_set_string_value). */
export function answerText(values: EarlyValues, symbol: number, text: string): boolean {
  const { user } = values;
  if (!takesText(values, symbol, text)) return false;
  user.has[symbol] = 1;
  const bare = values.program.types[symbol] === Type.hex && !/^0[xX]/.test(text);
  if (!bare && user.text[symbol] === text) return true;
  user.text[symbol] = bare ? `0x${text}` : text;
  values.invalidate();
  return true;
}
