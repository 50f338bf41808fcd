import { type Environment, variableOf } from "../base/environment.js";
import type { KconfigHost } from "../base/host.js";
import { closingParenthesis, type MacroContext, type MacroProcessor } from "../macro/expand.js";
import type { AssignmentNode, WordNode } from "../syntax/ast.js";
import type { TreeReport } from "./menu-builder.js";
import type { Location } from "./symbol.js";

/** Expands the macros of words, in the order of the text, with the host's shell and environment. */
export class WordExpander {
  /** The environment variables that were found, in order. */
  readonly variables: Map<string, string> = new Map<string, string>();
  readonly #macros: MacroProcessor;
  readonly #host: KconfigHost;
  readonly #env: Environment;
  readonly #report: TreeReport;
  readonly #plainVariables: boolean;

  /** `plainVariables`: whether `$NAME` in a string stands for an environment variable. */
  constructor(
    macros: MacroProcessor,
    host: KconfigHost,
    env: Environment,
    report: TreeReport,
    plainVariables: boolean,
  ) {
    this.#macros = macros;
    this.#host = host;
    this.#env = env;
    this.#report = report;
    this.#plainVariables = plainVariables;
  }

  assign(node: AssignmentNode, location: Location): void {
    const context = this.#context(location);
    const name = node.name.macro ? this.#macros.expand(node.name.text, context) : node.name.text;
    this.#macros.assign(name, node.operator, node.value, context);
  }

  /** The text of a word: macros expanded; in strings, backslashes outside of macros taken off. */
  expand(word: WordNode, location: Location): string {
    const context = this.#context(location);
    if (!word.quoted) return this.#macros.expand(word.text, context);
    let result = "";
    const { text } = word;
    for (let at = 0; at < text.length; at++) {
      if (text[at] === "\\") result += text[++at] ?? "";
      else if (text.startsWith("$(", at)) {
        const end = (closingParenthesis(text, at + 2) ?? text.length - 1) + 1;
        result += this.#macros.expand(text.slice(at, end), context);
        at = end - 1;
      } else result += text[at];
    }
    return this.#plainVariables ? this.#withVariables(result, context) : result;
  }

  /** `$NAME` and `${NAME}` replaced where there is such a variable, as os.path.expandvars of Python does. */
  #withVariables(text: string, { environment }: MacroContext): string {
    return text.replace(
      /\$(?:(\w+)|\{([^}]*)\})/g,
      (whole, plain: string | undefined, braced: string | undefined) => environment(plain ?? braced ?? "") ?? whole,
    );
  }

  #context(location: Location): MacroContext {
    const report = this.#report;
    return {
      ...location,
      environment: (name) => {
        const value = variableOf(this.#env, name);
        if (value !== undefined) this.variables.set(name, value);
        return value;
      },
      shell: (command) => {
        if (this.#host.shell !== undefined) {
          const { stdout, stderr } = this.#host.shell(command);
          if (stderr !== "") report("information", "shell-message", location, stderr.trimEnd());
          return stdout;
        }
        const hint = "Pass a host that has a shell, or one with recorded answers.";
        report("warning", "shell-unavailable", location, `$(shell,${command}) was not run: there is no shell.`, hint);
        return "";
      },
      message: (kind, text) => report(kind, `macro-${kind}`, location, text),
      fail: (code, message) => report("error", code, location, message),
    };
  }
}
