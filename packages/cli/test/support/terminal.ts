import { spawn, type IPty } from "@lydell/node-pty";
import headless from "@xterm/headless";
import { expect, onTestFinished } from "vitest";
import { cleanEnvironment } from "./ipa-br.js";

/** A program on a terminal, seen as a person would see it. */
export interface OnTerminal {
  readonly pty: IPty;
  /** Every line, those that scrolled away included, without the spaces at its end. */
  lines(): readonly string[];
  /** All that the program wrote. */
  raw(): string;
  resize(columns: number, rows: number): void;
  /** Writes beside the program, as the shell does when it is stopped. */
  write(text: string): void;
  /** Looks at the lines after each piece of output from now on. */
  watch(look: (lines: readonly string[]) => void): void;
  until(condition: (lines: readonly string[]) => boolean): Promise<readonly string[]>;
  readonly exitCode: Promise<number>;
}

/** Generous: the machine may be busy with other things. */
const patience = { timeout: 60_000, interval: 20 };

export function onTerminal(program: string, args: readonly string[], columns = 100, rows = 24): OnTerminal {
  const terminal = new headless.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 10_000 });
  const pty = spawn(program, [...args], {
    name: "xterm-256color",
    cols: columns,
    rows,
    cwd: "/",
    env: cleanEnvironment(),
  });
  let raw = "";
  let pending = 0;
  let look: ((lines: readonly string[]) => void) | undefined;
  const lines = (): readonly string[] => {
    const { active } = terminal.buffer;
    return Array.from(
      { length: active.length },
      (_, row) => active.getLine(row)?.translateToString(true).trimEnd() ?? "",
    );
  };
  pty.onData((text) => {
    raw += text;
    pending++;
    terminal.write(text, () => {
      pending--;
      look?.(lines());
    });
  });
  const exitCode = new Promise<number>((resolve) => pty.onExit((end) => resolve(end.exitCode)));
  onTestFinished(() => {
    try {
      pty.kill("SIGKILL");
    } catch {
      // It has ended.
    }
    terminal.dispose();
  });
  return {
    pty,
    lines,
    raw: () => raw,
    resize(newColumns, newRows) {
      terminal.resize(newColumns, newRows);
      pty.resize(newColumns, newRows);
    },
    write: (text) => terminal.write(text),
    watch: (newLook) => void (look = newLook),
    async until(condition) {
      await expect
        .poll(() => (pending === 0 && condition(lines()) ? "seen" : lines().filter((line) => line !== "")), patience)
        .toBe("seen");
      return lines();
    },
    exitCode,
  };
}
