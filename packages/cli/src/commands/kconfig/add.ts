import type { Command } from "commander";
import type { Io } from "../../io.js";
import { collect } from "../values.js";
import { addConfCommand } from "./conf.js";
import { diff } from "./diff.js";
import { enable } from "./enable.js";
import { explainSymbol } from "./explain.js";
import { get } from "./get.js";
import { lint } from "./lint.js";
import { merge } from "./merge.js";
import { search } from "./search.js";
import { addSetCommand } from "./set-command.js";
import { tree } from "./tree.js";
import { upgrade } from "./upgrade.js";
import { whyNotSymbol } from "./why-not.js";

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
  command("get <symbols...>", "the values of symbols").action((names, options) => get(io, names, options));
  addSetCommand(command, io);
  command("explain <symbol>", "where the value of a symbol comes from").action((name, options) =>
    explainSymbol(io, name, options),
  );
  command("why-not <symbol[=value]>", "what keeps a symbol from a value (default: y)").action((wanted, options) =>
    whyNotSymbol(io, wanted, options),
  );
  command("enable <symbol[=value]>", "what to set so that a symbol gets a value (default: y); changes nothing").action(
    (wanted, options) => enable(io, wanted, options),
  );
  command("tree [menu]", "the menu tree with its values, or what is below a menu")
    .option("--visible", "only what a configurator shows")
    .option("--assigned", "only symbols that the .config sets")
    .option("--enabled", "only symbols that are on")
    .option("--match <text>", "only names and prompts with the text")
    .option("--depth <levels>", "how far to go down")
    .action((menu, options) => tree(io, menu, options));
  command("lint", "what is wrong with the tree: undefined, unsatisfiable, unmet selects, redundant lines")
    .option("--code <code>", "only findings of this code, repeatable", collect)
    .option("--severity <level>", "only findings from this one up: information, warning, error")
    .action((options) => lint(io, options));
  command("merge <fragments...>", "put fragments together as merge_config.sh does, and tell what did not survive")
    .option("-m", "only put them together, the tree has no say")
    .option("-n", "what no fragment names becomes n, not its default")
    .option("-r", "tell of values that a fragment repeats")
    .option("-y", "an m does not replace a y")
    .option("-s", "a fragment that gives a symbol another value is an error")
    .option("-Q", "do not tell of values that are replaced")
    .option("-O <dir>", "where to write .config (default: KCONFIG_CONFIG, BR2_CONFIG, else .config here)")
    .action((names, options) => merge(io, names, options));
  command("search <text>", "the symbols whose name or prompt has the text").action((text, options) =>
    search(io, text, options),
  );
  kconfig
    .command("upgrade <before> <after>")
    .description("what differs between two versions of a tree: renamed, removed, new, other defaults")
    .option("--config <file>", "a defconfig of the older tree: what becomes of its lines")
    .option("--dialect <name>", "buildroot, linux-6.1, linux-6.12, ... (default: told by the trees)")
    .option("--json", "print the result as JSON")
    .exitOverride()
    .action((before, after, options) => upgrade(io, before, after, options));
  kconfig
    .command("diff <before> <after>")
    .description("what differs between two .config files, by symbol")
    .option("--json", "print the result as JSON")
    .exitOverride()
    .action((before, after, options) => diff(io, before, after, options));
}
