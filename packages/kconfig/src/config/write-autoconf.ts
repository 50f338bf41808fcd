import type { Engine } from "../evaluate/engine.js";
import { hashOrder } from "../model/symbol-table.js";
import type { KconfigSymbol } from "../model/symbol.js";
import { heading } from "./format.js";
import { quoteValue } from "./line.js";

/** The files that a build includes; what a dialect does not write is absent. */
export interface Autoconf {
  /** auto.conf, for make. */
  readonly autoConf: string;
  /** autoconf.h, for C. */
  readonly header: string;
  /** tristate.config, for make. */
  readonly tristate?: string;
  /** rustc_cfg, for the Rust compiler. */
  readonly rustcCfg?: string;
}

/** The files of a build, byte for byte what the dialect's C tool writes (conf_write_autoconf). Values have to be up to date. */
export function writeAutoconf(engine: Engine): Autoconf {
  const { files } = engine.tree.dialect;
  const autoConf = [heading(engine, "shell")];
  const header = [heading(engine, "c")];
  const tristate = [heading(engine, "shell")];
  const rustc: string[] = [];
  for (const symbol of hashOrder(engine.symbols, files.hashSize)) {
    if (engine.values.write[symbol.id] === 0 || symbol.name === "" || symbol.type === "unknown") continue;
    const value = engine.evaluator.textOf(symbol.id);
    if (value === "n" && engine.isLogic(symbol.id)) continue;
    const name = engine.tree.dialect.prefix + symbol.name;
    const plain = symbol.type === "string" && files.quotedAutoconf ? quoteValue(value) : value;
    autoConf.push(`${name}=${plain}\n`);
    header.push(headerLine(engine, symbol, name, value));
    if (symbol.type === "tristate") tristate.push(`${name}=${value.toUpperCase()}\n`);
    rustc.push(rustcLines(engine, symbol, name, value));
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

function headerLine(engine: Engine, symbol: KconfigSymbol, name: string, value: string): string {
  if (engine.isLogic(symbol.id)) return `#define ${name}${value === "m" ? "_MODULE" : ""} 1\n`;
  return `#define ${name} ${symbol.type === "string" ? quoteValue(value) : withPrefix(symbol, value)}\n`;
}

function rustcLines(engine: Engine, symbol: KconfigSymbol, name: string, value: string): string {
  const line = `--cfg=${name}=${quoteValue(withPrefix(symbol, value))}\n`;
  return engine.isLogic(symbol.id) ? `--cfg=${name}\n${line}` : line;
}
