import { isWithinRange } from "../config/load.js";
import { parseTristate } from "../base/tristate.js";
import { requireSymbol } from "../configuration/require-symbol.js";
import type { Engine } from "../evaluate/engine.js";
import * as Type from "../evaluate/types.js";
import * as Kind from "../expression/kinds.js";
import { visitSymbols } from "../expression/symbols-of.js";
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
  /** The line of the default, or of the file that assigned the value, where that is the origin. */
  readonly location: Location | undefined;
  /** What selects or implies the symbol now, as expressions with values. */
  readonly because: readonly string[];
  /** The symbols that are not n in what selects or implies it, or in the condition and the value of its default. */
  readonly causes: readonly string[];
  /** What it depends on, with values. */
  readonly dependencies: string;
}

/** An explanation with those of its causes, each symbol once. */
export interface Trace extends Explanation {
  readonly from: readonly Trace[];
}

/** One reason why a symbol does not have a value. */
export interface Obstacle {
  readonly kind: "no-prompt" | "invisible" | "limited" | "selected" | "choice" | "range" | "type";
  readonly message: string;
  /** The symbols that stand in the way: those of the condition that fails, those that select, the choice's member. */
  readonly symbols: readonly string[];
}

/** Why a symbol has its value. Throws UNKNOWN_SYMBOL. */
export function explain(configuration: Configuration, name: string): Explanation {
  const { engine, tree } = configuration;
  const symbol = requireSymbol(tree, name);
  const { values, user, evaluator } = engine;
  const { id } = symbol;
  const { pool } = tree.internals;
  const active = (reasons: readonly number[]): number[] =>
    reasons.flatMap((reason) => pool.operands(reason, Kind.or)).filter((reason) => engine.valueOf(reason) !== 0);
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
  const reasons = active(origin === "imply" ? symbol.impliedBy : symbol.selectedBy);
  const byDefault = origin === "default" && fallback !== undefined;
  const assigned = origin === "user" || origin === "choice" ? configuration.assignedAt(name) : undefined;
  return {
    symbol,
    value: evaluator.textOf(id),
    origin,
    location: byDefault ? fallback.location : assigned,
    because: reasons.map((reason) => printWithValues(engine, reason)),
    causes: namesIn(engine, byDefault ? [fallback.condition, fallback.value] : reasons, (value) => value !== 0).filter(
      (cause) => cause !== name,
    ),
    dependencies: printWithValues(engine, symbol.dependencies),
  };
}

/**
 * Why a symbol has its value, and why its causes have theirs: the chain of selects, implies and defaults back to what the
 * user has set. Throws UNKNOWN_SYMBOL.
 */
export function traceValue(configuration: Configuration, name: string): Trace {
  const root: Trace & { from: Trace[] } = { ...explain(configuration, name), from: [] };
  const seen = new Set([name]);
  const open = [root];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at.origin === "user" || at.origin === "choice" || at.origin === "environment") continue;
    for (const cause of at.causes) {
      if (seen.has(cause)) continue;
      seen.add(cause);
      const next = { ...explain(configuration, cause), from: [] };
      at.from.push(next);
      open.push(next);
    }
  }
  return root;
}

/** What keeps a symbol from having a value; empty where it has it, or where it only has to be set. Throws UNKNOWN_SYMBOL. */
export function whyNot(configuration: Configuration, name: string, value: string): Obstacle[] {
  const { engine, tree } = configuration;
  const symbol = requireSymbol(tree, name);
  if (engine.evaluator.textOf(symbol.id) === value) return [];
  const obstacles = visibilityObstacles(engine, symbol);
  if (engine.isLogic(symbol.id)) return [...obstacles, ...logicObstacles(engine, symbol, value)];
  if (symbol.type !== "string" && !isWithinRange(engine, symbol.id, value)) {
    obstacles.push({ kind: "range", message: rangeMessage(engine, symbol, value), symbols: [] });
  }
  return obstacles;
}

function rangeMessage(engine: Engine, symbol: KconfigSymbol, value: string): string {
  const { evaluator, program, symbols } = engine;
  const range = evaluator.rangeOf(symbol.id);
  if (range < 0) return `${JSON.stringify(value)} is no ${symbol.type} number.`;
  const bound = (id: number): string => {
    const { name, isDefined } = symbols[id]!;
    return isDefined ? `${name} [=${evaluator.textOf(id)}]` : name;
  };
  return `${value} is no ${symbol.type} within the range of ${symbol.name}, ${bound(program.rangeLow[range]!)} to ${bound(program.rangeHigh[range]!)}.`;
}

function visibilityObstacles(engine: Engine, symbol: KconfigSymbol): Obstacle[] {
  if (symbol.environment !== undefined) {
    const message = `${symbol.name} comes from the environment variable ${symbol.environment}.`;
    return [{ kind: "no-prompt", message, symbols: [] }];
  }
  const hidden = hiddenPart(engine, symbol);
  const prompts = hidden.properties.filter((property) => property.text !== undefined);
  if (prompts.length === 0) {
    const message = `${hidden.name || "This choice"} has no prompt: only defaults and selects set it.`;
    return [{ kind: "no-prompt", message, symbols: [] }];
  }
  if (engine.values.visible[symbol.id] !== 0) return [];
  const { pool } = engine.tree.internals;
  return prompts.map(({ condition, location }) => {
    const failing = pool.operands(condition, Kind.and).filter((operand) => engine.valueOf(operand) === 0);
    const text = failing.map((operand) => printWithValues(engine, operand)).join(" && ");
    const message = `The prompt at ${location.path}:${location.line} needs ${text}.`;
    return { kind: "invisible", message, symbols: namesIn(engine, failing, () => true) };
  });
}

/** A member is hidden with its choice: then what hides the choice is the reason. */
function hiddenPart(engine: Engine, symbol: KconfigSymbol): KconfigSymbol {
  const { choice } = symbol;
  if (choice === undefined || choice === symbol) return symbol;
  return engine.values.visible[symbol.id] === 0 && engine.values.visible[choice.id] === 0 ? choice : symbol;
}

/** The symbols of expressions whose value passes, each once. */
function namesIn(engine: Engine, expressions: readonly number[], passes: (value: number) => boolean): string[] {
  const { pool } = engine.tree.internals;
  const names = new Set<string>();
  for (const expression of expressions) {
    visitSymbols(pool, expression, (id) => {
      const { name, isDefined } = engine.symbols[id]!;
      if (isDefined && name !== "" && (!engine.isLogic(id) || passes(engine.values.tri[id]!))) names.add(name);
    });
  }
  return [...names];
}

function logicObstacles(engine: Engine, symbol: KconfigSymbol, value: string): Obstacle[] {
  const wanted = parseTristate(value);
  const { id, name, choice } = symbol;
  const visible = engine.values.visible[id]!;
  const selected = engine.values.selected[id]!;
  if (wanted === undefined || (wanted === 1 && symbol.type === "bool")) {
    const message = `${name} is ${symbol.type} and is never ${JSON.stringify(value)}.`;
    return [{ kind: "type", message, symbols: [] }];
  }
  const obstacles: Obstacle[] = [];
  if (wanted === 1 && engine.evaluator.typeOf(id) === Type.bool && symbol.type === "tristate" && choice === undefined) {
    const { modules } = engine.tree.internals;
    const reason = modules.isConstant ? "and this tree has none" : `${modules.name} [=n]`;
    const message = `${name} cannot be m without modules, ${reason}.`;
    obstacles.push({ kind: "limited", message, symbols: modules.isConstant ? [] : [modules.name] });
  }
  if (visible !== 0 && wanted > visible) {
    const conditions = symbol.properties.filter((entry) => entry.text !== undefined).map((entry) => entry.condition);
    const message = `${name} is at most m while what it depends on is m.`;
    obstacles.push({ kind: "limited", message, symbols: namesIn(engine, conditions, (tri) => tri === 1) });
  }
  if (wanted < selected) {
    const reasons = symbol.selectedBy.filter((reason) => engine.valueOf(reason) > wanted);
    const text = reasons.map((reason) => printWithValues(engine, reason)).join(" || ");
    const symbols = namesIn(engine, reasons, (tri) => tri !== 0);
    obstacles.push({ kind: "selected", message: `${name} is selected by ${text}.`, symbols });
  }
  if (choice === undefined || visible === 0) return obstacles;
  const chosen = engine.symbols[engine.values.member[choice.id]!];
  if (wanted === 0 && chosen === symbol) {
    const message = `${name} is the member of its choice that is y: set another one.`;
    obstacles.push({ kind: "choice", message, symbols: [] });
  }
  return obstacles;
}
