import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { injectIntoImage, ipaPreset, type NamedText } from "@ipa-br/preset-ipa";
import type { Command } from "commander";
import { CliError } from "../errors.js";
import { type Io, print } from "../io.js";
import { resolveSettings } from "../settings/resolve.js";
import { formatBytes } from "../ui/format.js";
import { collect } from "./values.js";

/** What `inject` takes. Its `--config` is the agent's, not this command's. */
export interface InjectCommandOptions {
  readonly output?: string;
  readonly ca?: readonly string[];
  readonly sshKey?: readonly string[];
  readonly config?: readonly string[];
  readonly to?: string;
  readonly gzip?: boolean;
  readonly json?: boolean;
}

/** Adds `ipa-br inject`. */
export function addInjectCommand(program: Command, io: Io): void {
  program
    .command("inject [image]")
    .description("append certificates, keys and the agent's configuration to a built ramdisk, without a build")
    .exitOverride()
    .option("--ca <file>", "certificate authorities (PEM) that the agent trusts, repeatable", collect)
    .option("--ssh-key <file>", "a public key that lets its owner in as root, repeatable", collect)
    .option("--config <file>", "a drop-in of /etc/ironic-python-agent.d, NAME.conf, repeatable", collect)
    .option("--to <file>", "where the ramdisk goes (default: beside the image, as site-NAME)")
    .option("--output <dir>", "the output folder whose ramdisk is taken where no image is named (BR2_OUTPUT_DIR)")
    .option("--gzip", "pack the addition (the kernel needs CONFIG_RD_GZIP)")
    .option("--json", "print the result as JSON")
    .action((image, options) => inject(io, image, options));
}

/**
 * `ipa-br inject [image]`; "image" stands for the one of the output folder.
 * @throws CliError IMAGES_MISSING, SETTING_INVALID; PresetError INJECTION_INVALID, IMAGE_UNKNOWN
 */
export async function inject(io: Io, named: string | undefined, options: InjectCommandOptions): Promise<void> {
  const image = await findImage(io, named, options);
  const output = options.to === undefined ? join(image, "..", `site-${basename(image)}`) : resolve(io.cwd, options.to);
  const result = await injectIntoImage({
    image,
    output,
    injection: {
      ca: await readAll(io, "--ca", options.ca),
      sshKeys: await readAll(io, "--ssh-key", options.sshKey),
      config: await readAll(io, "--config", options.config),
    },
    ...(options.gzip === true ? { gzip: true } : {}),
    signal: io.signal,
  });
  if (options.json === true) {
    print(io, JSON.stringify(result));
    return;
  }
  print(io, result.files.map((path) => `  /${path}`).join("\n"));
  print(io, `${result.output}: ${formatBytes(result.after)}, ${formatBytes(result.after - result.before)} more`);
}

async function findImage(io: Io, named: string | undefined, options: InjectCommandOptions): Promise<string> {
  if (named !== undefined && (named !== "image" || existsSync(resolve(io.cwd, named)))) return resolve(io.cwd, named);
  const settings = await resolveSettings(io, options.output === undefined ? {} : { output: options.output });
  const image = join(settings.output, "images", ipaPreset.images.initramfs);
  if (existsSync(image)) return image;
  throw new CliError("IMAGES_MISSING", `there is no ${image}`, {
    hint: "ipa-br build makes it; or name a ramdisk: ipa-br inject FILE --ca site.pem",
  });
}

async function readAll(io: Io, option: string, files: readonly string[] | undefined): Promise<readonly NamedText[]> {
  return Promise.all(
    (files ?? []).map(async (file) => {
      try {
        return { name: basename(file), text: await readFile(resolve(io.cwd, file), "utf8") };
      } catch (cause) {
        throw new CliError("SETTING_INVALID", `${option}: ${file} cannot be read`, {
          hint: "name a file that is there",
          cause,
        });
      }
    }),
  );
}
