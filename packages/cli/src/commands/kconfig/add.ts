import type { Command } from "commander";
import type { Io } from "../../io.js";
import { addConfCommand } from "./conf.js";
import { diff } from "./diff.js";
import { enable } from "./enable.js";
import { explainSymbol } from "./explain.js";
import { get } from "./get.js";
import { search } from "./search.js";
import { whyNotSymbol } from "./why-not.js";

const collect = (value: string, previous: readonly string[] | undefined): readonly string[] => [
  ...(previous ?? []),
  value,
];

/** The options that say which configuration: that of a Buildroot output folder, or any other. */
function withConfiguration(command: Command): Command {
  return command
    .option("--output <dir>", "the configured output folder (BR2_OUTPUT_DIR; default: output/)")
    .option("--buildroot <dir>", "its Buildroot tree (BR2_UPSTREAM; default: the clone's submodule, else the release)")
    .option("--external <dir>", "its external tree, repeatable (BR2_EXTERNAL)", collect)
    .option("--root <file>", "in place of Buildroot: the top Kconfig file of any tree")
    .option("--config <file>", "with --root: its .config (default: the defaults of the tree)")
    .option("--dialect <name>", "with --root: buildroot, linux-6.1, linux-6.12, ... (default: told by the tree)")
    .option("--json", "print the result as JSON")
    .exitOverride();
}

/** Adds `ipa-br kconfig ...`. */
export function addKconfigCommands(program: Command, io: Io): void {
  const kconfig = program
    .command("kconfig")
    .description("ask and change the configuration of Buildroot, Linux and their like")
    .exitOverride();
  const command = (usage: string, description: string): Command =>
    withConfiguration(kconfig.command(usage).description(description));

  addConfCommand(kconfig, io);
  command("get <symbol>", "the value of a symbol").action((name, options) => get(io, name, options));
  command("explain <symbol>", "where the value of a symbol comes from").action((name, options) =>
    explainSymbol(io, name, options),
  );
  command("why-not <symbol[=value]>", "what keeps a symbol from a value (default: y)").action((wanted, options) =>
    whyNotSymbol(io, wanted, options),
  );
  command("enable <symbol[=value]>", "what to set so that a symbol gets a value (default: y); changes nothing").action(
    (wanted, options) => enable(io, wanted, options),
  );
  command("search <text>", "the symbols whose name or prompt has the text").action((text, options) =>
    search(io, text, options),
  );
  kconfig
    .command("diff <before> <after>")
    .description("what differs between two .config files, by symbol")
    .option("--json", "print the result as JSON")
    .exitOverride()
    .action((before, after, options) => diff(io, before, after, options));
}
