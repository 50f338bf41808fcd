import { existsSync, fstatSync, readSync } from "node:fs";
import { availableParallelism, release } from "node:os";
import { dirname, join, resolve } from "node:path";
import { setFlagsFromString } from "node:v8";
import type { Command } from "commander";
import { type Dialect, KconfigError } from "@ipa-br/kconfig";
import type { ConfMode } from "@ipa-br/kconfig/conf";
import { runConfOnDisk } from "@ipa-br/kconfig/node";
import { ExitWith } from "../../exit-with.js";
import type { Io } from "../../io.js";
import { cacheFolder } from "../../settings/cache-folder.js";
import {
  buildrootOptions,
  type ConfArguments,
  linuxOptions,
  readBusyboxArguments,
  readConfArguments,
  uBootOptions,
} from "./conf-arguments.js";
import { chooseDialect } from "./dialect.js";
import { endingBySignal } from "./ending-by-signal.js";

const descriptions: Readonly<Record<ConfMode, string>> = {
  oldaskconfig: "ask about everything (the default)",
  oldconfig: "ask about what the .config does not set",
  syncconfig: "likewise, and write what a build includes: auto.conf, autoconf.h and their like",
  olddefconfig: "what the .config does not set gets its default",
  defconfig: "start from a defconfig: --defconfig FILE, for Buildroot --defconfig=FILE",
  savedefconfig: "write the minimal defconfig: --savedefconfig FILE",
  alldefconfig: "everything gets its default",
  allnoconfig: "all that can be n is n",
  allyesconfig: "all that can be y is y",
  allmodconfig: "all that can be m is m",
  randconfig: "random values; KCONFIG_SEED repeats them",
  listnewconfig: "list what the .config does not set",
  helpnewconfig: "list it with its help (Linux)",
  yes2modconfig: "y becomes m (Linux)",
  mod2yesconfig: "m becomes y (Linux)",
  mod2noconfig: "m becomes n (Linux)",
};

const usage = [
  "Usage: ipa-br kconfig conf [--dialect NAME] [--no-cache] [-s] [--MODE] KCONFIG-FILE",
  "",
  "What the tree's own conf does: its options, variables, files, messages and exit codes.",
  "",
  ...Object.entries(descriptions).map(([mode, description]) => `  --${mode.padEnd(15)} ${description}`),
  `  ${"-s, --silent".padEnd(17)} do not tell what was written`,
  `  ${"-o -s -d -D FILE".padEnd(17)} BusyBox: oldconfig, syncconfig, defconfig with and without a file`,
  `  ${"-y -m -n -r".padEnd(17)} BusyBox: allyesconfig, allmodconfig, allnoconfig, randconfig`,
  `  ${"-h, --help".padEnd(17)} this text`,
  `  ${"--dialect NAME".padEnd(17)} buildroot, linux-6.1, linux-6.12, ... (default: told by the tree)`,
  `  ${"--no-cache".padEnd(17)} read everything anew, and run every $(shell ...) command`,
  "",
].join("\n");

/** Adds `conf`, which reads its arguments as the C tool does. */
export function addConfCommand(kconfig: Command, io: Io): void {
  kconfig
    .enablePositionalOptions()
    .command("conf [arguments...]")
    .usage("[--dialect NAME] [--no-cache] [-s] [--MODE] KCONFIG-FILE")
    .description("what the tree's own conf does, with its options, variables, files and messages")
    .helpOption(false)
    .allowUnknownOption()
    .passThroughOptions()
    .exitOverride()
    .action((args: readonly string[]) => {
      // Runs are short: compiling what is inlined takes a quarter of the processor's time and gives nothing back.
      setFlagsFromString("--max-inlined-bytecode-size-cumulative=200");
      return endingBySignal(() => conf(io, args), io.signal);
    });
}

/**
 * `ipa-br kconfig conf --MODE KCONFIG-FILE`.
 * @throws ExitWith with C's exit code; KconfigError UNKNOWN_DIALECT, FILE_UNREADABLE, INVALID_ARGUMENT
 */
export async function conf(io: Io, argv: readonly string[]): Promise<void> {
  // As C, which looks at no result of printf: files are written even where nobody reads what is said.
  io.ignoreOutputErrors();
  const { dialect: named, cached, args } = withoutOwnOptions(argv);
  const dialect = findDialectOf(io, args, named);
  const { mode, before, file, silent, help, root, complaints, strict } = readArguments(io, dialect, args);
  for (const complaint of complaints) io.stderr.write(`conf: ${complaint}\n`);
  if (help || (complaints.length > 0 && strict)) return refuse(io);
  if (root === undefined) return refuse(io, "conf: Kconfig file missing\n");
  try {
    const { exitCode } = await runConfOnDisk({
      mode,
      before,
      root,
      cwd: io.cwd,
      env: dialect.semantics.unameSymbol ? { ...io.env, UNAME_RELEASE: release() } : io.env,
      dialect,
      ...(cached ? { cacheDir: join(cacheFolder(io.env), "kconfig") } : {}),
      jobs: availableParallelism(),
      silent,
      terminal: io.stdin.isTTY === true && io.stdout.isTTY === true,
      input: answers(io),
      onOutput: (stream, data) => io[stream].write(data),
      signal: io.signal,
      ...(file === undefined ? {} : { file }),
    });
    if (exitCode !== 0) throw new ExitWith(exitCode);
  } catch (error) {
    if (!KconfigError.is(error) || error.code !== "FILE_NOT_FOUND") throw error;
    io.stderr.write(`can't find file ${root}\n`);
    throw new ExitWith(1);
  }
}

function refuse(io: Io, reason = ""): never {
  io.stderr.write(reason);
  io.stdout.write(usage);
  throw new ExitWith(1);
}

interface OwnOptions {
  readonly dialect: string | undefined;
  readonly cached: boolean;
  readonly args: string[];
}

/** Our own options; all others are those of the C tool. */
function withoutOwnOptions(argv: readonly string[]): OwnOptions {
  const args = argv.filter((argument) => argument !== "--no-cache");
  const cached = args.length === argv.length;
  const at = args.findIndex((argument) => argument === "--dialect" || argument.startsWith("--dialect="));
  if (at < 0) return { dialect: undefined, cached, args };
  const [option = ""] = args.splice(at, 1);
  const equals = option.indexOf("=");
  return { dialect: equals < 0 ? args.splice(at, 1)[0] : option.slice(equals + 1), cached, args };
}

/** The dialect of the tree that the command line names, whichever of the tools it is written for. */
function findDialectOf(io: Io, args: readonly string[], named: string | undefined): Dialect {
  const roots = [linuxOptions, buildrootOptions].map((table) => readConfArguments(args, table).root);
  // BusyBox' own option for a defconfig has its value in the next word.
  const first = args[0] === "-D" ? args[2] : undefined;
  const root = first ?? roots.find((path) => path !== undefined) ?? "Kconfig";
  const path = resolve(io.cwd, root);
  const { srctree } = io.env;
  const inSources = !existsSync(path) && srctree !== undefined;
  return chooseDialect(dirname(inSources ? resolve(io.cwd, srctree, root) : path), named);
}

function readArguments(
  { env }: Io,
  dialect: Dialect,
  args: readonly string[],
): ConfArguments & { readonly strict: boolean } {
  if (dialect.semantics.early) return { ...readBusyboxArguments(args), strict: true };
  const isBuildroot = dialect.files.configVariable === "BR2_CONFIG";
  const table = isBuildroot ? buildrootOptions : dialect.semantics.oldRuns ? uBootOptions : linuxOptions;
  return { ...readConfArguments(args, table, env["POSIXLY_CORRECT"] !== undefined), strict: table.strict };
}

/** The standard input, as far as anything waits for it. */
function answers(io: Io): AsyncIterable<Uint8Array> {
  const { fd } = io.stdin;
  return fd !== undefined && fstatSync(fd).isFile() ? linesOf(fd) : untilAborted(io);
}

/** A file line by line: what follows the last one is for whoever reads it next, as behind C's conf. */
async function* linesOf(file: number): AsyncGenerator<Uint8Array> {
  const octet = Buffer.alloc(1);
  for (let line: number[] = []; ; line = []) {
    while (line.at(-1) !== newline && readSync(file, octet) > 0) line.push(octet[0]!);
    if (line.length === 0) return;
    yield Uint8Array.from(line);
  }
}

const newline = 10;

/** What comes over a pipe or from a terminal; it ends where the command is interrupted. */
async function* untilAborted({ stdin, signal }: Io): AsyncGenerator<Uint8Array> {
  const aborted = new Promise<IteratorResult<Uint8Array>>((done) => {
    signal.addEventListener("abort", () => done({ done: true, value: undefined }), { once: true });
  });
  const lines = stdin[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  for (;;) {
    const { done, value } = await Promise.race([lines.next(), aborted]);
    if (done === true) return;
    yield value as Uint8Array;
  }
}
