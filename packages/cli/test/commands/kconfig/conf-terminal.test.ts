import { readFileSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import type { PassThrough } from "node:stream";
import { spawn } from "@lydell/node-pty";
import { describe, expect, it } from "vitest";
import { main } from "../../../src/main.js";
import { temporaryFolder } from "../../support/folder.js";
import { testIo } from "../../support/io.js";
import { bin, cleanEnvironment } from "../../support/ipa-br.js";

const Kconfig = `
config MODULES
	bool "modules"
	option modules
config A
	tristate "a"
if A
config TEXT
	string "a text"
	default "so"
choice
	prompt "one of them"
config ONE
	bool "one"
config TWO
	bool "two"
endchoice
endif
config N
	int "a number"
	range 1 9
`;

/** What is typed, each answer once the question is there. */
const answers = ["y", "x", "m", "other", "2", "77", "7"];

interface Session {
  readonly screen: string;
  readonly exitCode: number;
  readonly signal: number | undefined;
  readonly config: string;
}

/** Runs a program on a terminal of its own and types an answer to each question; `ctrl` is Ctrl+C. */
async function onTerminal(program: string, args: readonly string[], typed: readonly string[]): Promise<Session> {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "Kconfig"), Kconfig);
  writeFileSync(join(folder, ".config"), "# nothing\n");
  const terminal = spawn(program, [...args], { cols: 200, rows: 50, cwd: folder, env: cleanEnvironment() });
  let screen = "";
  let answered = 0;
  let seen = 0;
  terminal.onData((text) => {
    screen += text;
    if (answered >= typed.length || screen.length === seen || !/(\(NEW\) |\?\]: )$/.test(screen)) return;
    seen = screen.length;
    const answer = typed[answered++]!;
    terminal.write(answer === "ctrl" ? "\u0003" : `${answer}\r`);
  });
  const { exitCode, signal } = await new Promise<{ readonly exitCode: number; readonly signal?: number }>((done) =>
    terminal.onExit(done),
  );
  return { screen, exitCode, signal, config: readFileSync(join(folder, ".config"), "utf8") };
}

const ours = [bin, "kconfig", "conf", "--dialect", "buildroot"];
describe("ipa-br kconfig conf on a terminal", { timeout: 120_000 }, () => {
  it("shows what goes over pipes otherwise, where the answers are printed, and takes the same answers", async () => {
    const { screen, exitCode, config } = await onTerminal(
      process.execPath,
      [...ours, "--oldconfig", "Kconfig"],
      answers,
    );
    const folder = temporaryFolder();
    writeFileSync(join(folder, "Kconfig"), Kconfig);
    writeFileSync(join(folder, ".config"), "# nothing\n");
    const io = testIo({ cwd: folder });
    (io.stdin as PassThrough).end(answers.map((answer) => `${answer}\n`).join(""));
    expect(await main([...ours.slice(1), "--oldconfig", "Kconfig"], io, "1")).toBe(0);
    expect(screen.replaceAll("\r\n", "\n")).toBe(io.out());
    expect([exitCode, config]).toEqual([0, readFileSync(join(folder, ".config"), "utf8")]);
    expect(config).toContain("N=7\n");
  });

  it("ends at Ctrl+C with exit code 130, and leaves the .config alone", async () => {
    const args = [...ours, "--oldconfig", "Kconfig"];
    const { screen, signal, config } = await onTerminal(process.execPath, args, ["y", "ctrl"]);
    expect([signal, config]).toEqual([constants.signals.SIGINT, "# nothing\n"]);
    expect(screen).toMatch(/\(NEW\) (\^C)?$/);
  });
});
