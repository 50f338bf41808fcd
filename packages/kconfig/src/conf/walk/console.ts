import type { KconfigSymbol } from "../../model/symbol.js";
import type { ConfRun } from "../run.js";
import type { LazyValues } from "../values/lazy-values.js";
import type { ConfSteps } from "./request.js";

/** What somebody typed. */
export interface Answer {
  /** With its line end, unless the input ended within the line; as it was before where there was no input left. */
  readonly text: string;
  /** True where the input has ended. */
  readonly ended: boolean;
}

/** What one sees and types: indentation, echo, the end of the input. */
export class Console {
  readonly run: ConfRun;
  readonly values: LazyValues;
  readonly #asksAll: () => boolean;
  #indent = 1;
  #ended = false;
  #before = "";

  constructor(run: ConfRun, asksAll: () => boolean) {
    this.run = run;
    this.values = run.values;
    this.#asksAll = asksAll;
  }

  print(text: string): void {
    this.run.print(text);
  }

  /** The blanks before a question. */
  get margin(): string {
    return " ".repeat(this.#indent - 1);
  }

  heading(title: string): void {
    const star = `${this.margin}*`;
    this.print(`${star}\n${star} ${title}\n${star}\n`);
  }

  *indented(columns: number, inner: () => ConfSteps<void>): ConfSteps<void> {
    this.#indent += columns;
    yield* inner();
    this.#indent -= columns;
  }

  /** True where the answer is taken from what is known already: the user has set it, and only new ones are asked about. */
  isKnown(symbol: number): boolean {
    return !this.#asksAll() && this.values.user.has[symbol] === 1;
  }

  get asksAll(): boolean {
    return this.#asksAll();
  }

  /** Reads an answer; `otherwise` is what it is where the input has ended. */
  *read(otherwise: string): ConfSteps<Answer> {
    const line = yield { kind: "line" };
    if (line === undefined) this.run.complain("\nError in reading or end of file.\n");
    this.#ended = line === undefined;
    const nul = line?.indexOf("\0") ?? -1;
    const text = line === undefined ? otherwise : nul < 0 ? line : line.slice(0, nul);
    if (this.run.options.terminal !== true) this.print(text);
    return { text, ended: line === undefined };
  }

  /** The question would be asked again with no input left: C asks on for ever, or ends so, by its version. */
  refuse(symbol: KconfigSymbol): never {
    const name = symbol.name === "" ? "<choice>" : symbol.name;
    return this.run.fail(`\nerror: no value for new symbol '${name}' at end of input\n`);
  }

  /** A walk over everything begins. */
  beginPass(): void {
    this.#before = this.#ended ? this.#state() : "";
  }

  /** It would begin once more: where nothing has changed and nothing can be read, C goes on for ever. */
  endPass(): void {
    if (!this.#ended || this.#before === "" || this.#before !== this.#state()) return;
    this.run.fail("\nerror: new symbols keep turning up at end of input\n");
  }

  #state(): string {
    const { has, tri, text, member } = this.values.user;
    return JSON.stringify([[...has], [...tri], text, [...member]]);
  }
}

/** A text without blanks at its ends. */
export function strip(text: string): string {
  return text.replace(/^[ \t\n\v\f\r]+/, "").replace(/[ \t\n\v\f\r]+$/, "");
}
