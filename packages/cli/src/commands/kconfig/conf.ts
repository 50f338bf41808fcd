import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { type Command, Option } from "commander";
import type { ConfMode } from "@ipa-br/kconfig";
import { runConfOnDisk } from "@ipa-br/kconfig/node";
import { CliError } from "../../errors.js";
import type { Io } from "../../io.js";
import { chooseDialect } from "./dialect.js";

const modes: Readonly<Record<Exclude<ConfMode, "defconfig" | "savedefconfig">, string>> = {
  olddefconfig: "new symbols get their defaults",
  alldefconfig: "all symbols get their defaults",
  allnoconfig: "all that can be n is n",
  allyesconfig: "all that can be y is y",
  allmodconfig: "all that can be m is m",
  listnewconfig: "list the symbols that the .config does not set",
  helpnewconfig: "list them with their help (not yet)",
  oldconfig: "ask about new symbols (not yet: an error where there are any)",
  oldaskconfig: "ask about all symbols (not yet)",
  syncconfig: "as oldconfig, and write auto.conf and autoconf.h (Buildroot's)",
  randconfig: "random values (not yet)",
  yes2modconfig: "y becomes m",
  mod2yesconfig: "m becomes y",
  mod2noconfig: "m becomes n",
};

type ConfCommandOptions = Readonly<Record<string, unknown>> & {
  readonly dialect?: string;
  readonly silent?: boolean;
  readonly defconfig?: string;
  readonly savedefconfig?: string;
};

/** Adds `conf`, with the options of the C tool. */
export function addConfCommand(kconfig: Command, io: Io): void {
  const command = kconfig
    .command("conf <kconfig-file>")
    .description("what the tree's own conf does, with its options, variables, files and messages")
    .exitOverride();
  for (const [mode, description] of Object.entries(modes)) command.option(`--${mode}`, description);
  command
    .addOption(new Option("--oldnoconfig", "another name of olddefconfig").hideHelp())
    .option("--defconfig <file>", "start from a defconfig")
    .option("--savedefconfig <file>", "write the minimal defconfig")
    .option("-s, --silent", "do not tell what was written")
    .option("--dialect <name>", "buildroot, linux-6.1, linux-6.12, ... (default: told by the tree)")
    .action((root: string, options: ConfCommandOptions) => conf(io, root, options));
}

/**
 * `ipa-br kconfig conf --MODE KCONFIG-FILE`.
 * @throws CliError SETTING_INVALID, CONF_FAILED; KconfigError MODE_UNSUPPORTED, UNKNOWN_DIALECT
 */
export async function conf(io: Io, root: string, options: ConfCommandOptions): Promise<void> {
  const mode = chooseMode(options);
  const file = mode === "defconfig" || mode === "savedefconfig" ? options[mode] : undefined;
  const path = resolve(io.cwd, root);
  const { srctree } = io.env;
  const inSources = !existsSync(path) && srctree !== undefined;
  const folder = dirname(inSources ? resolve(io.cwd, srctree, root) : path);
  const result = await runConfOnDisk({
    mode,
    root,
    cwd: io.cwd,
    env: io.env,
    dialect: chooseDialect(folder, options.dialect),
    silent: options.silent === true,
    signal: io.signal,
    ...(file === undefined ? {} : { file }),
  });
  io.stdout.write(result.stdout);
  io.stderr.write(result.stderr);
  if (result.exitCode === 0) return;
  throw new CliError("CONF_FAILED", `conf --${mode} failed, and wrote nothing`, {
    hint: "the reason stands above",
  });
}

function chooseMode(options: ConfCommandOptions): ConfMode {
  const known = [...Object.keys(modes), "defconfig", "savedefconfig"] as ConfMode[];
  const named = known.filter((mode) => options[mode] !== undefined);
  if (options["oldnoconfig"] === true) named.push("olddefconfig");
  const [mode = "oldaskconfig", second] = named;
  if (second === undefined) return mode;
  throw new CliError("SETTING_INVALID", `--${mode} and --${second} do not go together`, { hint: "name one of them" });
}
