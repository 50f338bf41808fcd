import { isDecimal, isHexadecimal } from "../../base/numbers.js";
import { readConfigLine } from "../../config/line.js";
import type { KconfigSymbol } from "../../model/symbol.js";
import type { ConfRun } from "../run.js";

/** What auto.conf says about a symbol. */
export interface AutoValue {
  readonly tri: number;
  readonly text: string;
}

export interface AutoConf {
  /** By symbol. */
  readonly known: ReadonlyMap<number, AutoValue>;
  /** Names that the tree does not have, in the order of the file. */
  readonly gone: readonly string[];
}

/** Reads Linux' auto.conf, where strings have no quotes, and warns about its lines. */
export function readAutoConf(run: ConfRun, path: string, text: string): AutoConf {
  const { prefix } = run.tree.dialect;
  const known = new Map<number, AutoValue>();
  const gone: string[] = [];
  text.split("\n").forEach((line, index) => {
    const warn = (message: string): void => run.complain(`${path}:${index + 1}:warning: ${message}\n`);
    const content = readConfigLine(line, prefix);
    if (content.kind === "unexpected") warn(`unexpected data: ${line.replace(/\r$/, "")}`);
    if (content.kind !== "set" && content.kind !== "unset") return;
    const symbol = run.tree.internals.table.find(content.name);
    if (symbol === undefined) {
      gone.push(content.name);
      return;
    }
    if (known.has(symbol.id)) warn(`override: reassigning to symbol ${symbol.name}`);
    const value = valueOf(symbol, content.kind === "set" ? content.raw : "n");
    if (value !== undefined) known.set(symbol.id, value);
  });
  return { known, gone };
}

/** The value of a line, where the symbol's type allows it. */
function valueOf({ type }: KconfigSymbol, raw: string): AutoValue | undefined {
  if (type === "bool" || type === "tristate") {
    const tri = raw[0] === undefined ? -1 : "nmy".indexOf(raw[0]);
    return tri < 0 || (tri === 1 && type === "bool") ? undefined : { tri, text: raw };
  }
  if (type === "unknown" || (type === "int" && !isDecimal(raw)) || (type === "hex" && !isHexadecimal(raw))) {
    return undefined;
  }
  return { tri: 0, text: raw };
}
