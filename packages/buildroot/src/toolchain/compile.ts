import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { BuildrootError } from "../errors.js";
import { runProgram } from "../process/run-program.js";
import type { Environment } from "../types.js";

/** Runs a toolchain's compiler on small programs, in a folder of its own that goes with `close`. */
export interface TestCompiler {
  /** `undefined` if it compiled, linked, and the rest is as asked; else why not, and everything that was printed. */
  compile(source: string, language: "c" | "c++", flags?: readonly string[]): Promise<Compilation>;
  /** What the C compiler prints for an option. */
  ask(option: string): Promise<string>;
  close(): Promise<void>;
}

export interface Compilation {
  readonly ok: boolean;
  readonly output: string;
}

export async function openCompiler(
  toolchain: string,
  triple: string,
  scratch: string,
  env: Environment,
  signal: AbortSignal | undefined,
  aborted: () => BuildrootError,
): Promise<TestCompiler> {
  await mkdir(scratch, { recursive: true });
  const run = async (name: string, args: readonly string[]): Promise<Compilation> => {
    const clean = Object.fromEntries(Object.entries(env).filter(([key]) => !steering.has(key)));
    const outcome = await runProgram({
      file: join(toolchain, "bin", `${triple}-${name}`),
      args,
      env: { ...clean, TMPDIR: scratch },
      signal,
    });
    if (outcome.aborted) throw aborted();
    return { ok: outcome.exitCode === 0, output: `${outcome.output}\n${outcome.complaints}` };
  };
  return {
    async compile(source, language, flags = []) {
      const file = join(scratch, language === "c" ? "test.c" : "test.cc");
      await writeFile(file, source);
      return run(language === "c" ? "gcc" : "g++", [file, "-o", join(scratch, "test"), ...flags]);
    },
    ask: async (option) => (await run("gcc", [option])).output.trim(),
    close: () => rm(scratch, { recursive: true, force: true }),
  };
}

/** Variables that lead a compiler to other folders (gcc's manual, "Environment Variables Affecting GCC"). */
const steering = new Set([
  "CPATH",
  "C_INCLUDE_PATH",
  "CPLUS_INCLUDE_PATH",
  "LIBRARY_PATH",
  "COMPILER_PATH",
  "GCC_EXEC_PREFIX",
  "LD_LIBRARY_PATH",
]);
