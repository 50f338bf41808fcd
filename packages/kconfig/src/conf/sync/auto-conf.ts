import type { DiagnosticCode } from "../../base/diagnostics.js";
import { assignConfigLines } from "../../config/assign-lines.js";
import { createUserValues, type UserValues } from "../../evaluate/values.js";
import type { ConfRun } from "../run.js";

/** What the auto.conf that is there says. */
export interface AutoConf {
  readonly text: string;
  readonly values: UserValues;
  /** Names that the tree does not have, in the order of the file. */
  readonly gone: readonly string[];
}

/** What C warns of about lines of an auto.conf; values that a type does not allow are passed over. */
const told: ReadonlySet<DiagnosticCode> = new Set([
  "config-unexpected-data",
  "config-reassigned",
  "config-choice-conflict",
]);

/** Reads the auto.conf, if there is one, and warns about its lines. */
export function readAutoConf(run: ConfRun, path: string): AutoConf | undefined {
  const text = run.read(path);
  if (text === undefined) return undefined;
  const { tree } = run;
  const user = createUserValues(tree.internals.table.symbols.length);
  const { diagnostics, unknown } = assignConfigLines({ tree, user, plainStrings: !run.isOld }, text, path);
  const names = unknown.values();
  const seen = new Set<string>();
  for (const { code, conf, line, excerpt = "" } of diagnostics) {
    if (told.has(code) && conf !== undefined) run.complain(`${conf}\n`);
    if (code !== "config-undefined-symbol" || !run.isOld) continue;
    const name = names.next().value!;
    if (seen.has(name)) run.complain(`${path}:${line}:warning: override: reassigning to symbol ${name}\n`);
    // The older tools make a symbol of such a name, and forget what stands in quotes.
    if (!excerpt.includes('="')) seen.add(name);
  }
  return { text, values: user, gone: unknown };
}

/** True where a symbol's value is not what auto.conf has, which leaves n out. */
export function hasChanged({ values }: ConfRun, auto: AutoConf | undefined, symbol: number): boolean {
  const isKnown = auto?.values.has[symbol] === 1;
  if (values.write[symbol] === 0) return isKnown;
  if (values.isLogic(symbol)) return values.tri[symbol] !== (auto?.values.tri[symbol] ?? 0);
  return !isKnown || values.program.types[symbol] === 0 || auto.values.text[symbol] !== values.text[symbol];
}
