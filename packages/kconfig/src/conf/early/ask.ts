import * as Type from "../../evaluate/types.js";
import type { ConfRun } from "../run.js";
import type { GlibcRandom } from "../random.js";
import type { ConfSteps } from "../walk/request.js";
import type { EarlyValues } from "./early-values.js";
import { takesTristate } from "../values/answer.js";

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
