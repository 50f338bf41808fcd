import type { Command } from "commander";
import type { Io } from "../../io.js";
import { withLocations, withMachine } from "../options.js";
import { wholeNumber } from "../values.js";
import { audit } from "./audit.js";
import { cmdlineLint } from "./cmdline.js";
import { exec } from "./exec.js";
import { verify } from "./verify.js";

const listed = (value: string, previous: readonly string[] | undefined): readonly string[] => [
  ...(previous ?? []),
  ...value.split(",").filter((name) => name !== ""),
];

/** Adds what is done with images that are built: `verify`, `exec`, `audit`, `cmdline`. */
export function addImageCommands(program: Command, io: Io): void {
  const command = (usage: string, description: string): Command =>
    withLocations(program.command(usage).description(description)).exitOverride();

  withMachine(command("verify [images]", "boot the images and prove that their agent works"), { cpus: 2 })
    .option("--scenario <names>", "only these, separated by commas, repeatable (default: all)", listed)
    .option("--list", "list the scenarios and boot nothing")
    .option("--timeout <seconds>", "how long each step may take (default: 600)", wholeNumber)
    .option("--outage <seconds>", "how long the conductor is lost or late (default: 5)", wholeNumber)
    .option("--json", "print the report as JSON")
    .option("--junit <file>", "write the report as JUnit's XML too")
    .option("-v, --verbose", "show the machine's console")
    .action((images, options) => verify(io, images, options));

  withMachine(
    command("exec <command...>", "run a command in the booted images; its output and exit code are this one's"),
    { cpus: 2 },
  )
    .option("--images <dir>", "the folder of kernel and rootfs.cpio.xz (default: images/ in the output folder)")
    .option("--user <name>", "who runs it (default: root)")
    .option("--password <text>", "their password, where one is asked for")
    .option("--timeout <seconds>", "how long the boot and the command may take (default: 300)", wholeNumber)
    .passThroughOptions()
    .action((words, options) => exec(io, words, options));

  command("audit [rootfs]", "compare an initramfs with what the agent needs, without booting it")
    .option("--kernel <file>", "the kernel whose options to check (default: the one beside the initramfs)")
    .option("--kernel-config <file>", "its .config (default: of the output folder, or what the kernel carries)")
    .option("--append <text>", "a kernel command line to check too")
    .option("--json", "print the report as JSON")
    .action((rootfs, options) => audit(io, rootfs, options));

  const cmdline = program.command("cmdline").description("kernel command lines for the agent").exitOverride();
  cmdline
    .command("lint <text>")
    .description("what the agent makes of a kernel command line: names, values, quotes")
    .option("--image <file>", "check it against this initramfs, or the one in this folder")
    .option("--json", "print the result as JSON")
    .exitOverride()
    .action((text, options) => cmdlineLint(io, text, options));
}
