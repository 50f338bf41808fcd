import { isWithinRange } from "../config/load.js";
import { parseTristate } from "../base/tristate.js";
import { KconfigError } from "../errors.js";
import type { Engine } from "../evaluate/engine.js";
import { Kind } from "../expression/pool.js";
import type { Configuration } from "../configuration/configuration.js";
import type { KconfigSymbol, Location } from "../model/symbol.js";
import { printWithValues } from "../evaluate/unmet.js";

/** Where a value comes from. */
export type ValueOrigin = "user" | "default" | "select" | "imply" | "choice" | "environment" | "none";

/** Why a symbol has its value. */
export interface Explanation {
  readonly symbol: KconfigSymbol;
  readonly value: string;
  readonly origin: ValueOrigin;
  /** The line of the default, where that is the origin. */
  readonly location: Location | undefined;
  /** What selects or implies the symbol now, as expressions with values. */
  readonly because: readonly string[];
  /** What it depends on, with values. */
  readonly dependencies: string;
}

/** One reason why a symbol does not have a value. */
export interface Obstacle {
  readonly kind: "no-prompt" | "invisible" | "limited" | "selected" | "choice" | "range" | "type";
  readonly message: string;
}

/** Why a symbol has its value. Throws UNKNOWN_SYMBOL. */
export function explain(configuration: Configuration, name: string): Explanation {
  const { symbol, engine } = lookUp(configuration, name);
  const { values, user, evaluator } = engine;
  const { id } = symbol;
  const { pool } = configuration.tree.internals;
  const active = (reasons: readonly number[]): string[] =>
    reasons
      .flatMap((reason) => pool.operands(reason, Kind.or))
      .filter((reason) => engine.valueOf(reason) !== 0)
      .map((reason) => printWithValues(engine, reason));
  const fallback = symbol.properties.find((entry) => entry.kind === "default" && engine.valueOf(entry.condition) !== 0);
  const origin = ((): ValueOrigin => {
    if (symbol.environment !== undefined) return "environment";
    if (symbol.choice !== undefined && values.visible[id] !== 0) return "choice";
    const value = values.tri[id]!;
    const set = user.has[id] === 1 && values.visible[id] !== 0;
    if (values.selected[id]! !== 0 && values.selected[id]! >= value && !(set && user.tri[id] === value))
      return "select";
    if (set) return "user";
    if (fallback !== undefined && (!engine.isLogic(id) || engine.valueOf(fallback.value) !== 0)) return "default";
    return values.implied[id] === 0 ? "none" : "imply";
  })();
  return {
    symbol,
    value: evaluator.textOf(id),
    origin,
    location: origin === "default" ? fallback?.location : undefined,
    because: origin === "imply" ? active(symbol.impliedBy) : active(symbol.selectedBy),
    dependencies: printWithValues(engine, symbol.dependencies),
  };
}

/** What keeps a symbol from having a value; empty where it has it, or where it only has to be set. Throws UNKNOWN_SYMBOL. */
export function whyNot(configuration: Configuration, name: string, value: string): Obstacle[] {
  const { symbol, engine } = lookUp(configuration, name);
  if (engine.evaluator.textOf(symbol.id) === value) return [];
  const obstacles = visibilityObstacles(engine, symbol);
  if (engine.isLogic(symbol.id)) return [...obstacles, ...logicObstacles(engine, symbol, value)];
  if (symbol.type !== "string" && !isWithinRange(engine, symbol.id, value)) {
    obstacles.push({ kind: "range", message: `${value} is no ${symbol.type} within the range of ${name}.` });
  }
  return obstacles;
}

function visibilityObstacles(engine: Engine, symbol: KconfigSymbol): Obstacle[] {
  const prompts = symbol.properties.filter((property) => property.text !== undefined);
  if (prompts.length === 0) {
    return [{ kind: "no-prompt", message: `${symbol.name} has no prompt: only defaults and selects set it.` }];
  }
  if (engine.values.visible[symbol.id] !== 0) return [];
  const { pool } = engine.tree.internals;
  const { choice } = symbol;
  // A member is hidden with its choice: what hides the choice is the reason.
  if (choice !== undefined && engine.values.visible[choice.id] === 0) return visibilityObstacles(engine, choice);
  return prompts.map(({ condition, location }) => {
    const failing = pool.operands(condition, Kind.and).filter((operand) => engine.valueOf(operand) === 0);
    const text = failing.map((operand) => printWithValues(engine, operand)).join(" && ");
    return { kind: "invisible", message: `The prompt at ${location.path}:${location.line} needs ${text}.` };
  });
}

function logicObstacles(engine: Engine, symbol: KconfigSymbol, value: string): Obstacle[] {
  const wanted = parseTristate(value);
  const { id, name, choice } = symbol;
  const visible = engine.values.visible[id]!;
  const selected = engine.values.selected[id]!;
  if (wanted === undefined || (wanted === 1 && symbol.type === "bool")) {
    return [{ kind: "type", message: `${name} is ${symbol.type} and is never ${JSON.stringify(value)}.` }];
  }
  const obstacles: Obstacle[] = [];
  if (visible !== 0 && wanted > visible) {
    obstacles.push({ kind: "limited", message: `${name} is at most m while what it depends on is m.` });
  }
  if (wanted < selected) {
    const reasons = symbol.selectedBy.filter((reason) => engine.valueOf(reason) > wanted);
    const text = reasons.map((reason) => printWithValues(engine, reason)).join(" || ");
    obstacles.push({ kind: "selected", message: `${name} is selected by ${text}.` });
  }
  if (choice !== undefined && wanted === 0 && engine.values.member[choice.id] === id) {
    obstacles.push({ kind: "choice", message: `${name} is the member of its choice that is y: set another one.` });
  }
  return obstacles;
}

function lookUp(configuration: Configuration, name: string): { symbol: KconfigSymbol; engine: Engine } {
  const symbol = configuration.tree.symbol(name);
  if (symbol !== undefined) return { symbol, engine: configuration.engine };
  throw new KconfigError("UNKNOWN_SYMBOL", `The tree has no symbol ${name}.`, {
    hint: "Look the name up in the tree's files.",
    details: { name },
  });
}
