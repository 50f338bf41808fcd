import { throwIfAborted, type AbortSignalLike } from "../base/abort.js";
import { createConfiguration } from "../configuration/configuration.js";
import type { Engine } from "../evaluate/engine.js";
import * as Type from "../evaluate/types.js";
import { rulesOf } from "../evaluate/program.js";
import * as Kind from "../expression/kinds.js";
import { NONE, type Expression } from "../expression/pool.js";
import { printExpression } from "../expression/print.js";
import type { KconfigSymbol } from "../model/symbol.js";
import type { KconfigTree } from "../model/tree.js";
import type { LintFinding } from "./finding.js";
import { Cone } from "../sat/cone.js";

/**
 * The bool and tristate symbols that no configuration can turn on. Each claim is proved: either no chain of prompts,
 * defaults and selects leads to the symbol, or what the chains need contradicts itself. A symbol that is missing here
 * may be out of reach all the same.
 */
export function findUnsatisfiable(tree: KconfigTree, signal?: AbortSignalLike): LintFinding[] {
  const { engine } = createConfiguration(tree);
  const reached = reachedByPresets(tree);
  const within = reachable(engine);
  const dead = new Set<number>();
  for (const symbol of tree.symbols) {
    throwIfAborted(signal, "The search for unsatisfiable symbols");
    const { id } = symbol;
    if (!engine.isLogic(id) || reached.has(id) || symbol.transitional) continue;
    if (within[id] === 0 || isContradictory(engine, id)) dead.add(id);
  }
  return tree.symbols.filter(({ id }) => dead.has(id)).map((symbol) => describe(engine, symbol, dead));
}

/** Symbols that are on in one of the four standard configurations. */
function reachedByPresets(tree: KconfigTree): Set<number> {
  const reached = new Set<number>();
  for (const preset of ["yes", "mod", "default", "no"] as const) {
    const configuration = createConfiguration(tree);
    configuration.preset(preset);
    const { values } = configuration.engine;
    for (const { id } of tree.symbols) if (values.tri[id] !== 0) reached.add(id);
  }
  return reached;
}

function isContradictory(engine: Engine, symbol: number): boolean {
  const { pool, modules } = engine.tree.internals;
  const cone = new Cone(engine.program, pool, modules.id);
  cone.require(pool.symbol(symbol), 1);
  return cone.solve() === "unsatisfiable";
}

/**
 * The highest value that each symbol could have if nothing ever contradicted anything: what no chain leads to stays at 0.
 * Values rise from n until no rule raises any further.
 */
function reachable(engine: Engine): Uint8Array {
  const { program, symbols } = engine;
  const { pool } = engine.tree.internals;
  const highest = new Uint8Array(symbols.length);
  const expressions = new Uint8Array(pool.size);
  for (let changed = true; changed;) {
    changed = false;
    // Operands have smaller numbers than what they are part of. Values only rise.
    for (let expression = 0; expression < expressions.length; expression++) {
      if (expressions[expression] !== 2) expressions[expression] = highestOf(engine, expression, highest, expressions);
    }
    for (const { id } of symbols) {
      if (!engine.isLogic(id)) continue;
      const { prompts, defaults, selectedBy, impliedBy, isChoice } = rulesOf(program, id);
      let value = 0;
      for (const prompt of prompts) value = Math.max(value, expressions[prompt]!);
      for (const rule of isChoice ? [] : defaults) {
        if (expressions[rule.condition] !== 0) value = Math.max(value, expressions[rule.value]!);
      }
      for (const reason of [selectedBy, impliedBy]) {
        if (reason !== NONE) value = Math.max(value, expressions[reason]!);
      }
      // A bool, and a tristate without modules, is y where it may be m.
      if (value !== 0) value = 2;
      if (value <= highest[id]!) continue;
      highest[id] = value;
      changed = true;
    }
  }
  return highest;
}

function highestOf(engine: Engine, expression: Expression, highest: Uint8Array, expressions: Uint8Array): number {
  const { pool } = engine.tree.internals;
  const left = pool.left(expression);
  switch (pool.kind(expression)) {
    case Kind.symbol:
      return left <= 2 ? left : highest[left]!;
    case Kind.and:
    case Kind.or: {
      const isAnd = pool.kind(expression) === Kind.and;
      let result = isAnd ? 2 : 0;
      for (let index = 0; index < pool.right(expression); index++) {
        const value = expressions[pool.operand(expression, index)]!;
        if (isAnd ? value < result : value > result) result = value;
      }
      return result;
    }
    case Kind.not:
      return left === pool.yes ? 0 : 2;
    case Kind.equal: {
      // A symbol that stays at n equals neither m nor y.
      const right = pool.right(expression);
      const isDead = engine.isLogic(left) && left > 2 && highest[left] === 0;
      return isDead && (right === 1 || right === 2) ? 0 : 2;
    }
    case Kind.unequal: {
      const isDead = engine.isLogic(left) && left > 2 && highest[left] === 0;
      return isDead && pool.right(expression) === 0 ? 0 : 2;
    }
    default:
      return 2;
  }
}

function describe(engine: Engine, symbol: KconfigSymbol, dead: ReadonlySet<number>): LintFinding {
  const { location } = symbol.menus[0]!;
  const rule = rulesOf(engine.program, symbol.id);
  const [reason, hint] = reasonOf(engine, symbol, dead);
  const nothing =
    rule.prompts.length === 0 && rule.defaults.length === 0 && rule.selectedBy === NONE && rule.impliedBy === NONE;
  return {
    code: "unsatisfiable",
    severity: nothing ? "warning" : "error",
    ...location,
    column: 1,
    symbol: symbol.name,
    message: `${symbol.name} can never be on: ${nothing ? "it has no prompt and no default, and nothing selects it" : reason}.`,
    ...(hint === undefined ? {} : { hint }),
  };
}

/** Why each way to turn the symbol on is closed. */
function reasonOf(engine: Engine, symbol: KconfigSymbol, dead: ReadonlySet<number>): [string, string | undefined] {
  const { pool } = engine.tree.internals;
  const { prompts, defaults, selectedBy, impliedBy } = rulesOf(engine.program, symbol.id);
  const ways = [...prompts, ...defaults.map(({ condition, value }) => pool.and(value, condition))];
  for (const reasons of [selectedBy, impliedBy]) if (reasons !== NONE) ways.push(...pool.operands(reasons, Kind.or));
  const blockers = new Set<string>();
  let contradictory: Expression | undefined;
  for (const way of ways) {
    const blocker = pool.operands(way, Kind.and).find((operand) => {
      if (operand === pool.no) return true;
      if (pool.kind(operand) !== Kind.symbol || pool.left(operand) <= 2) return false;
      const id = pool.left(operand);
      return dead.has(id) || engine.program.types[id] === Type.unknown || !engine.isLogic(id);
    });
    if (blocker === undefined) contradictory ??= way;
    else blockers.add(describeBlocker(engine, blocker));
  }
  if (contradictory === undefined) {
    const listed = [...blockers].slice(0, 3).join(", and ");
    return [`it needs ${listed}${blockers.size > 3 ? ", and more of the kind" : ""}`, undefined];
  }
  const text = printExpression(pool, contradictory, (id) => engine.symbols[id]!.name || "<choice>");
  return [
    `what it needs contradicts itself${ways.length > 1 ? ", whichever way" : ""}`,
    `It needs ${text.length > 300 ? `${text.slice(0, 300)} ...` : text}.`,
  ];
}

function describeBlocker(engine: Engine, blocker: Expression): string {
  const { pool } = engine.tree.internals;
  if (blocker === pool.no) return "what is n in this environment";
  const { name, isDefined, isConstant, type, isChoice } = engine.symbols[pool.left(blocker)]!;
  if (isChoice) return "a choice that can never be on";
  if (isConstant) return `the constant ${JSON.stringify(name)}`;
  if (!isDefined) return `${name}, which nothing defines`;
  return type === "bool" || type === "tristate" ? `${name}, which can never be on` : `${name}, which is ${type}`;
}
