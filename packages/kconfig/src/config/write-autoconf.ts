import { definitionOrder } from "../model/menu.js";
import { hashOrder } from "../model/symbol-table.js";
import type { KconfigSymbol } from "../model/symbol.js";
import { writeEarlyHeader } from "./early-files.js";
import { heading, quoteFor } from "./format.js";
import { quoteValue } from "./line.js";
import type { ConfigView } from "./view.js";

/** The files that a build includes; what a dialect does not write is absent. */
export interface Autoconf {
  /** auto.conf, for make; empty where the dialect has none. */
  readonly autoConf: string;
  /** autoconf.h, for C. */
  readonly header: string;
  /** tristate.config, for make. */
  readonly tristate?: string;
  /** rustc_cfg, for the Rust compiler. */
  readonly rustcCfg?: string;
}

/**
 * The files of a build, byte for byte what the dialect's C tool writes (conf_write_autoconf). Values have to be up to date.
 * `negatives`: also what is off, where the dialect has that.
 */
export function writeAutoconf(view: ConfigView, negatives = true): Autoconf {
  const { files } = view.tree.dialect;
  const withNegatives = files.negatives && negatives;
  if (files.everySymbol) return { autoConf: "", header: writeEarlyHeader(view, { timestamp: "" }) };
  const autoConf = [heading(view, "shell")];
  const header = [heading(view, "c")];
  const tristate = [heading(view, "shell")];
  const rustc: string[] = [];
  for (const symbol of files.order === "definition" ? definitionOrder(view.tree) : hashOrder(view.symbols, files)) {
    const anyway = withNegatives && symbol.type !== "string";
    if ((!view.isWritten(symbol.id) && !anyway) || symbol.name === "" || symbol.type === "unknown") continue;
    const value = view.textOf(symbol.id);
    if (value === "n" && view.isLogic(symbol.id) && !withNegatives) continue;
    const name = view.tree.dialect.prefix + symbol.name;
    const plain = symbol.type === "string" && files.quotedAutoconf ? quoteFor(view.tree.dialect, value) : value;
    autoConf.push(`${name}=${plain}\n`);
    header.push(headerLine(view, symbol, name, value));
    if (symbol.type === "tristate") tristate.push(`${name}=${value.toUpperCase()}\n`);
    rustc.push(rustcLines(view, symbol, name, value));
  }
  return {
    autoConf: autoConf.join(""),
    header: header.join(""),
    ...(files.tristateFile ? { tristate: tristate.join("") } : {}),
    ...(files.rustcFile ? { rustcCfg: rustc.join("") } : {}),
  };
}

/** A hexadecimal number with its 0x. */
const withPrefix = (symbol: KconfigSymbol, value: string): string =>
  symbol.type === "hex" && !/^0[xX]/.test(value) ? `0x${value}` : value;

function headerLine(view: ConfigView, symbol: KconfigSymbol, name: string, value: string): string {
  const { negatives } = view.tree.dialect.files;
  if (negatives && value === "n" && view.isLogic(symbol.id)) return `#define ${name} 0\n`;
  if (negatives && value === "" && symbol.type !== "string") return `#define ${name} 0\n`;
  if (view.isLogic(symbol.id)) return `#define ${name}${value === "m" ? "_MODULE" : ""} 1\n`;
  return `#define ${name} ${symbol.type === "string" ? quoteFor(view.tree.dialect, value) : withPrefix(symbol, value)}\n`;
}

function rustcLines(view: ConfigView, symbol: KconfigSymbol, name: string, value: string): string {
  if (value === "n" && view.isLogic(symbol.id)) return "";
  const line = `--cfg=${name}=${quoteValue(withPrefix(symbol, value))}\n`;
  return view.isLogic(symbol.id) ? `--cfg=${name}\n${line}` : line;
}
