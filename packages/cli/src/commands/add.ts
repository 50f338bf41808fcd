import { Argument, type Command, Option } from "commander";
import { build, clean } from "./build.js";
import { configure } from "./configure.js";
import { doctor } from "./doctor.js";
import { env } from "./env.js";
import { list } from "./list.js";
import { addLockCommand } from "./lock.js";
import { make, menuconfig } from "./make.js";
import { addMatrixCommand } from "./matrix.js";
import { withDisplay, withLocations, withMachine, withSettings } from "./options.js";
import { diff, report } from "./report.js";
import { save } from "./save.js";
import { sources } from "./sources.js";
import { toolchain } from "./toolchain.js";
import { collect, wholeNumber } from "./values.js";
import type { Io } from "../io.js";

/** Adds what works on a Buildroot tree and its output folder, and `run`. */
export function addTreeCommands(program: Command, io: Io): void {
  const command = (usage: string, description: string) =>
    withLocations(program.command(usage).description(description)).exitOverride();

  command("list", "list the defconfigs of Buildroot and of the external trees")
    .option("--json", "print them as JSON")
    .action((options) => list(io, options));

  withDisplay(withSettings(command("configure [defconfig]", "write the output folder's .config"))).action(
    (defconfig, options) => configure(io, defconfig, options),
  );

  withDisplay(
    withSettings(command("build [target...]", "build the images, or make's targets; configures first where needed")),
  )
    .option("--defconfig <name>", "configure this defconfig first")
    .option("--jobs <n>", "compilers at once", wholeNumber)
    .option("--locked [file]", "refuse to build what differs from the lock file (default: ipa-br.lock.json here)")
    .option("--explain", "tell what has to be made anew after changes and why; builds nothing")
    .addOption(
      new Option(
        "--rebuild <what>",
        "what is made anew after changes: safe (packages; asks before a clean build), all, or none",
      ).choices(["safe", "all", "none"]),
    )
    .option("--offline", "fetch nothing: all sources have to be here, and make gets no network")
    .option("--no-doctor", "do not look at the host first")
    .option("--json-schema", "print the JSON Schema of what --json prints, and do nothing")
    .action((targets, options) => build(io, targets, options));

  command("doctor", "tell everything that this host lacks for a build, and how to get it")
    .option("--fix", "install it, after asking")
    .option("-y, --yes", "with --fix: do not ask")
    .option("--json", "print the diagnosis as JSON")
    .action((options) => doctor(io, options));

  withMachine(command("run", "boot the images in QEMU with the serial console on this terminal"), { cpus: 1 })
    .option("--images <dir>", "the folder of kernel and rootfs.cpio.xz (default: images/ in the output folder)")
    .option("--forward <ports>", "[tcp:|udp:]HOSTPORT:GUESTPORT on 127.0.0.1, repeatable", collect)
    .addOption(new Option("--machine <type>", "QEMU's machine").choices(["pc", "q35", "microvm", "virt"]))
    .addOption(
      new Option("--arch <arch>", "of what --iso starts; a kernel tells its own (default: x86_64)").choices([
        "x86_64",
        "aarch64",
      ]),
    )
    .option("--iso <file>", "start this virtual media instead of kernel and initramfs")
    .option(
      "--disk <spec>",
      "SIZE or FILE[,bus=nvme][,format=qcow2][,sector=4096][,size=4G][,throw-away], repeatable",
      collect,
    )
    .option("--add-nic <spec>", "another card: user, or [mac=MAC][,model=MODEL][,isolated], repeatable", collect)
    .option("--tpm", "a TPM 2.0, its state thrown away (swtpm)")
    .option("--guest-agent", "a port for qemu-ga")
    .option("--qemu-arg <word>", "a word at the end of QEMU's line, repeatable", collect)
    .option("--show-command", "print the QEMU line, quoted for a shell, and run nothing")
    .option("--until-login", "show the boot and end at the login prompt")
    .option("--attach", "with --until-login: hand the console over instead of ending")
    .option(
      "--conductor [port]",
      "keep a conductor beside it, for the image's agent (default: any free port)",
      wholeNumber,
    )
    .option("--timeout <seconds>", "with --until-login: how long to wait", wholeNumber, 300)
    .action(async (options) => (await import("./run.js")).run(io, options));

  command("save", "write defconfig, kernel and BusyBox configuration back to their tree")
    .option("--defconfig <file>", "write the minimal defconfig to this file")
    .option("--no-linux", "leave the kernel's configuration out")
    .option("--no-busybox", "leave BusyBox's configuration out")
    .option("--dry-run", "show what would change and write nothing")
    .option("--json", "print the result as JSON")
    .action((options) => save(io, options));

  command("clean", "remove what was built; configuration and downloads stay").action((options) => clean(io, options));

  command("sources", "the files that the configuration downloads: where each may be had, get, check or pack them all")
    .addArgument(new Argument("<action>", "what to do").choices(["plan", "fetch", "verify", "export"]))
    .argument(
      "[target]",
      "with export: a folder, or a tarball (.tar, .tar.xz, .tar.gz, .tar.zst), for --mirror elsewhere",
    )
    .option("--mirror <path>", "a folder that has such files, or a tarball of one, repeatable", collect)
    .option("--no-debian", "leave Debian's source archive out")
    .option("--no-pypi", "leave the index of Python packages out")
    .option("--no-probe", "with plan: do not ask which places have each file")
    .option("--jobs <n>", "with fetch and plan: files at once", wholeNumber)
    .option("--json", "print the result as JSON")
    .action((action, target, options) => sources(io, action, target, options));

  command("report", "write one HTML page about the build: time, critical path, size, licences, SBOM")
    .option("--out <file>", "where to (default: ipa-br/report.html in the output folder)")
    .option("--sbom <file>", "the bill of materials too, as CycloneDX 1.6 JSON")
    .option("--json <file>", "the report's data too, for diff and for programs")
    .action((options) => report(io, options));

  program
    .command("diff <before> <after>")
    .description(
      "compare two builds, by output folder or by report --json's file: size, packages, configuration, licences",
    )
    .exitOverride()
    .option("--json", "print the difference as JSON")
    .action((before, after, options) => diff(io, before, after, options));

  command("toolchain", "lay this host's own compiler out as a toolchain, and print the path of its fragment")
    .addArgument(
      new Argument("<distribution>", "whose compiler: Debian's and Ubuntu's are laid out alike").choices(["debian"]),
    )
    .addOption(
      new Option("--arch <arch>", "what it compiles for; aarch64 is Debian's cross compiler")
        .choices(["x86_64", "aarch64"])
        .default("x86_64"),
    )
    .option("--json", "print the toolchain as JSON")
    .action((_distribution, options) => toolchain(io, options));

  command("env", "print the manual flow's exports, for eval")
    .option("--json", "print them as JSON, each with where it came from")
    .action((options) => env(io, options));

  command("make <target...>", "run make with these targets").action((targets, options) => make(io, targets, options));

  for (const target of ["menuconfig", "linux-menuconfig", "busybox-menuconfig"]) {
    command(target, `run make ${target} on this terminal`).action((options) => menuconfig(io, target, options));
  }
  addLockCommand(program, io);
  addMatrixCommand(program, io);
}
