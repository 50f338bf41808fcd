import { type Environment, variableOf } from "../../base/environment.js";
import type { KconfigHost } from "../../base/host.js";
import type { MacroContext, MacroProcessor } from "../../macro/expand.js";
import type { ConfVoice as Voice } from "../types.js";
import { ReadingStopped } from "./lexer.js";

/** What macros ask of the outside. */
export interface MacroWorld {
  readonly host: KconfigHost;
  readonly env: Environment;
}

/** A lexer that expands macros. */
export interface MacroReader {
  readonly macros: MacroProcessor;
  /** Where macros are expanded now. */
  readonly macroContext: MacroContext;
}

/** What macros see and say at a place of a file. */
export function macroContextAt(path: string, line: number, { host, env }: MacroWorld, voice: Voice): MacroContext {
  const complain = (text: string): void => voice.complain(`${path}:${line}: ${text}\n`);
  const stop = (text: string): never => {
    complain(text);
    throw new ReadingStopped(text);
  };
  return {
    path,
    line,
    environment: (name) => variableOf(env, name),
    shell(command) {
      const { stdout = "", stderr = "" } = host.shell?.(command) ?? {};
      // A command of C's writes where C writes.
      if (stderr !== "") voice.complain(stderr);
      return stdout;
    },
    message: (kind, text) => {
      if (kind === "error") stop(text);
      else if (kind === "warning") complain(text);
      else voice.print(`${text}\n`);
    },
    fail: (_code, message, words = message) => stop(words),
  };
}
