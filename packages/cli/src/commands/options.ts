import { ipaPreset } from "@ipa-br/preset-ipa";
import { type Command, Option } from "commander";
import { CliError } from "../errors.js";
import { collect, wholeNumber } from "./values.js";

/** The options that say which tree, where to, and with what: the same on every command. */
export function withLocations(command: Command): Command {
  return command
    .option(
      "--buildroot <dir>",
      "the Buildroot tree (BR2_UPSTREAM; default: the clone's submodule, else the pinned release)",
    )
    .option("--external <dir>", "an external tree, repeatable (BR2_EXTERNAL; default: the IPA tree)", collect)
    .option("--output <dir>", "the output folder (BR2_OUTPUT_DIR; default: output/)")
    .option("--dl-dir <dir>", "the download folder (BR2_DL_DIR)")
    .option("--ccache-dir <dir>", "the compiler cache (BR2_CCACHE_DIR)")
    .option("--config <file>", "the config file (default: ipa-br.config.{mjs,js,json} here or above)");
}

/** The options that change what is configured. */
export function withSettings(command: Command): Command {
  const profiles = ipaPreset.profiles.map(({ name }) => name);
  return command
    .addOption(new Option("--profile <name>", "one of the IPA images, instead of a defconfig").choices(profiles))
    .option("--fragment <file>", "settings over the defconfig, repeatable (IPA_BR_FRAGMENT)", collect)
    .option("--set <symbol=value>", "one setting over all that, repeatable (IPA_BR_SET)", collect)
    .option(
      "--allow-mismatch <symbol>",
      "build although this setting does not hold, repeatable (IPA_BR_ALLOW_MISMATCH)",
      collect,
    )
    .option("--reproducible", "BR2_REPRODUCIBLE: the same image from two builds in the same output folder")
    .option("--unique", "an output folder of its own below the output folder, for builds side by side");
}

/**
 * The defconfig of `--profile`, or the one that is named; undefined where neither is.
 * @throws CliError SETTING_INVALID where both are
 */
export function namedDefconfig(defconfig: string | undefined, profile: string | undefined): string | undefined {
  if (profile === undefined) return defconfig;
  const found = ipaPreset.profiles.find(({ name }) => name === profile);
  if (found === undefined || defconfig !== undefined) {
    throw new CliError(
      "SETTING_INVALID",
      `--profile ${profile} and the defconfig ${defconfig ?? ""} exclude each other`,
      {
        hint: `--profile ${profile} is ${found?.defconfig ?? "unknown"}`,
      },
    );
  }
  return found.defconfig;
}

/** The options that say what to boot, and in what: `MachineOptions` without the folder of images. */
export function withMachine(command: Command, defaults: { readonly cpus: number }): Command {
  return command
    .option("--kernel <file>", "another kernel")
    .option("--initrd <file>", "another initramfs")
    .option("--memory <MiB>", `memory (default: ${ipaPreset.memoryMiB})`, wholeNumber)
    .option("--cpus <n>", `processors (default: ${defaults.cpus})`, wholeNumber)
    .option("--nic <model>", "QEMU's model of the network card (default: e1000; on Arm virtio-net-pci)")
    .option("--append <text>", "more kernel arguments")
    .option("--uefi", "start with this host's UEFI instead of a BIOS; its variables are thrown away")
    .addOption(new Option("--accel <accel>", "acceleration").choices(["auto", "kvm", "tcg"]).default("auto"));
}

/** The options that choose how much is shown. */
export function withDisplay(command: Command): Command {
  return command.option("-v, --verbose", "show make's own output").option("--json", "print events as JSON lines");
}

/** What `withDisplay` adds. */
export interface DisplayOptions {
  readonly verbose?: boolean;
  readonly json?: boolean;
}
