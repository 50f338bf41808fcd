import type { Menu } from "../../model/menu.js";
import type { KconfigSymbol } from "../../model/symbol.js";
import { answerText, answerTristate, takesTristate } from "../values/answer.js";
import { strip, type Answer, type Console } from "./console.js";
import { extendedHelp } from "./help.js";
import type { ConfSteps } from "./request.js";

const levels = [
  [0, "n"],
  [1, "m"],
  [2, "y"],
] as const;

/** What counts as which value; everything else is asked again. */
const answers: Readonly<Record<string, number>> = { n: 0, N: 0, no: 0, No: 0, m: 1, M: 1, y: 2, Y: 2, yes: 2, Yes: 2 };

export function printHelp(console: Console, menu: Menu): void {
  console.print(`\n${extendedHelp(console.values, menu)}\n`);
}

/** Asks about a bool or tristate symbol, or a legacy choice as such. */
export function* askTristate(console: Console, menu: Menu, symbol: KconfigSymbol): ConfSteps<void> {
  const { values } = console;
  const { id, name } = symbol;
  for (;;) {
    const now = values.tri[id]!;
    const others = levels.filter(([value]) => value !== now && takesTristate(values, id, value));
    const letters = [levels[now]![1].toUpperCase(), ...others.map(([, letter]) => letter), "?"].join("/");
    console.print(`${console.margin}${menu.prompt?.text} ${name === "" ? "" : `(${name}) `}[${letters}] `);
    const answer = yield* ask(console, id);
    if (answer === undefined) return;
    const text = strip(answer.text);
    const value = text === "" ? now : Object.hasOwn(answers, text) ? answers[text] : undefined;
    if (value !== undefined && answerTristate(values, id, value)) return;
    if (value !== undefined || text.startsWith("?")) printHelp(console, menu);
    if (answer.ended) console.refuse(symbol);
  }
}

/** Asks about an int, hex or string symbol. */
export function* askText(console: Console, menu: Menu, symbol: KconfigSymbol): ConfSteps<void> {
  const { values } = console;
  const { id, name } = symbol;
  for (;;) {
    const now = values.textOf(id);
    console.print(`${console.margin}${menu.prompt?.text} (${name}) [${now}] `);
    const answer = yield* ask(console, id);
    if (answer === undefined) return;
    const { text, ended } = answer;
    if (text === "?\n") printHelp(console, menu);
    else if (answerText(values, id, text.startsWith("\n") ? now : text.slice(0, -1))) return;
    // An answer without a line end is the last one.
    if (ended || (values.modern && !text.endsWith("\n"))) console.refuse(symbol);
  }
}

/** Reads an answer, where there is something to ask: else `undefined`, and the value is told. */
function* ask(console: Console, symbol: number): ConfSteps<Answer | undefined> {
  const { values } = console;
  if (values.user.has[symbol] === 0) console.print("(NEW) ");
  if (!values.isChangeable(symbol) || console.isKnown(symbol)) {
    console.print(`${values.textOf(symbol)}\n`);
    return undefined;
  }
  return yield* console.read("\n");
}
