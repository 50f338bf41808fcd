import type { Menu } from "../../model/menu.js";
import type { KconfigSymbol } from "../../model/symbol.js";
import { answerChoice } from "../values/answer.js";
import { calculateChoice } from "../values/choice.js";
import { isMenuVisible } from "../values/menu-visibility.js";
import { askTristate, printHelp } from "./ask-symbol.js";
import { strip, type Answer, type Console } from "./console.js";
import type { ConfSteps } from "./request.js";

/** Asks which member of a choice is to be y; in the older tools also about the choice itself, and what is below the member. */
export function* askChoice(
  console: Console,
  menu: Menu,
  choice: KconfigSymbol,
  askMenu: (menu: Menu) => ConfSteps<void>,
): ConfSteps<void> {
  const { values } = console;
  let isNew = !values.modern && values.user.has[choice.id] === 0;
  if (!values.modern && !(yield* askWhetherOn(console, menu, choice))) return;
  for (;;) {
    const listed = listMembers(console, menu, choice);
    isNew ||= values.modern && listed.isNew;
    const answer = yield* askNumber(console, listed, isNew);
    if (answer === "help") {
      printHelp(console, menu);
      continue;
    }
    const chosen = answer === undefined ? undefined : memberAt(console, menu, answer.number);
    if (chosen === undefined) {
      if (answer === undefined || answer.ended) console.refuse(choice);
      continue;
    }
    if (answer!.help) {
      printHelp(console, chosen);
      continue;
    }
    answerChoice(values, choice.id, chosen.symbol!.id);
    if (!values.modern) {
      for (const child of chosen.children()) yield* console.indented(2, () => askMenu(child));
    }
    return;
  }
}

/** A legacy choice can be off, or m, where each member is asked about by itself; false for both. */
function* askWhetherOn(console: Console, menu: Menu, choice: KconfigSymbol): ConfSteps<boolean> {
  const { values } = console;
  const changeable = values.isChangeable(choice.id);
  if (changeable) {
    yield* askTristate(console, menu, choice);
    values.calculate(choice.id);
  }
  const value = values.tri[choice.id];
  if (value === 1 && !changeable) console.print(`${console.margin}${menu.prompt?.text}\n`);
  return value === 2;
}

interface Listed {
  readonly count: number;
  /** The number of the member that is y, 0 for none. */
  readonly current: number;
  readonly isNew: boolean;
}

function listMembers(console: Console, menu: Menu, choice: KconfigSymbol): Listed {
  const { values, margin } = console;
  console.print(`${margin}${menu.prompt?.text}\n`);
  const member = values.modern ? calculateChoice(values, choice.id) : values.member[choice.id]!;
  let [count, current, isNew] = [0, 0, false];
  for (const child of menu.children()) {
    if (!isMenuVisible(values, child)) continue;
    const { symbol } = child;
    if (symbol === undefined) {
      console.print(`${margin}* ${child.prompt?.text}\n`);
      continue;
    }
    count++;
    if (symbol.id === member) current = count;
    const fresh = values.user.has[symbol.id] === 0;
    isNew ||= fresh;
    const mark = symbol.id === member ? ">" : " ";
    console.print(
      `${margin}${mark} ${count}. ${child.prompt?.text}${symbol.name === "" ? "" : ` (${symbol.name})`}${fresh ? " (NEW)" : ""}\n`,
    );
  }
  return { count, current, isNew };
}

interface Choosing {
  /** Which member, from 1. */
  readonly number: number;
  /** True where its help is asked for. */
  readonly help: boolean;
  readonly ended: boolean;
}

/** Which member is chosen; `undefined` where the answer is none and the input has ended. */
function* askNumber(
  console: Console,
  { count, current }: Listed,
  isNew: boolean,
): ConfSteps<Choosing | "help" | undefined> {
  console.print(`${console.margin}choice`);
  if (count === 1) {
    console.print("[1]: 1\n");
    return { number: 1, help: false, ended: false };
  }
  console.print(`[1-${count}?]: `);
  if (!console.asksAll && !isNew) {
    console.print(`${current}\n`);
    return { number: current, help: false, ended: true };
  }
  const answer: Answer = yield* console.read("");
  const text = strip(answer.text);
  if (text.startsWith("?")) return "help";
  if (text === "") return { number: current, help: false, ended: answer.ended };
  if (!/^[0-9]/.test(text)) return { number: -1, help: false, ended: answer.ended };
  return { number: Number.parseInt(text, 10), help: text.endsWith("?"), ended: answer.ended };
}

/** The visible member of that number. */
function memberAt(console: Console, menu: Menu, number: number): Menu | undefined {
  let left = number;
  for (const child of menu.children()) {
    if (child.symbol === undefined || !isMenuVisible(console.values, child)) continue;
    if (--left === 0) return child;
  }
  return undefined;
}
