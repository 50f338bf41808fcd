import { parseTristate } from "../base/tristate.js";
import { KconfigError } from "../errors.js";
import type { Engine } from "../evaluate/engine.js";
import { preferMember } from "../evaluate/values.js";
import type { KconfigSymbol } from "../model/symbol.js";
import { refusal } from "./accepted.js";

/** Sets the user's value of a symbol; evaluation is left to the caller. Throws INVALID_VALUE. */
export function assignValue(engine: Engine, symbol: KconfigSymbol, value: string): void {
  const { user } = engine;
  const { id, type } = symbol;
  const wanted = refusal(type, value);
  if (wanted !== undefined) throw invalid(symbol, value, wanted);
  const tri = type === "bool" || type === "tristate" ? parseTristate(value) : undefined;
  if (tri !== undefined) {
    user.tri[id] = tri;
    if (symbol.choice !== undefined) answerChoice(engine, symbol.choice, symbol, tri);
  } else user.text[id] = type === "hex" && !/^0[xX]/.test(value) ? `0x${value}` : value;
  user.has[id] = 1;
  engine.touch(id);
}

/** Takes the user's value of a symbol away; a member's choice forgets that it was chosen. */
export function forgetValue(engine: Engine, symbol: KconfigSymbol): void {
  const { user } = engine;
  const { id, choice } = symbol;
  user.has[id] = 0;
  user.tri[id] = 0;
  user.text[id] = undefined;
  if (choice !== undefined && user.member[choice.id] === id) {
    user.member[choice.id] = -1;
    engine.touch(choice.id);
  }
  engine.touch(id);
}

function answerChoice(engine: Engine, choice: KconfigSymbol, member: KconfigSymbol, value: number): void {
  if (engine.tree.dialect.semantics.choice === "legacy") {
    if (value === 2) chooseMember(engine, choice, member);
    return;
  }
  const answered = value === 2 ? choice.members.filter((other) => engine.values.visible[other.id] !== 0) : [];
  for (const other of answered) {
    engine.user.tri[other.id] = 0;
    engine.user.has[other.id] = 1;
    preferMember(engine.user, choice, other);
    engine.touch(other.id);
  }
  engine.user.tri[member.id] = value;
  preferMember(engine.user, choice, member);
}

/** A member set to y turns its choice on and counts as an answer for all visible members. */
function chooseMember(engine: Engine, choice: KconfigSymbol, member: KconfigSymbol): void {
  const { user, values } = engine;
  user.member[choice.id] = member.id;
  user.has[choice.id] = 1;
  user.tri[choice.id] = 2;
  for (const other of choice.members) {
    if (values.visible[other.id] === 0) continue;
    user.has[other.id] = 1;
    if (other !== member) user.tri[other.id] = 0;
    engine.touch(other.id);
  }
  engine.touch(choice.id);
}

function invalid(symbol: KconfigSymbol, value: string, wanted: string): KconfigError {
  return new KconfigError(
    "INVALID_VALUE",
    `${JSON.stringify(value)} is no value for ${symbol.name} (${symbol.type}).`,
    {
      hint: `It takes ${wanted}.`,
      details: { name: symbol.name, value, type: symbol.type },
    },
  );
}
