import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { machineType } from "../args/machine.js";
import { QemuError } from "../errors.js";
import type { Environment, Machine, Uefi } from "../types.js";
import { installHint } from "./os-release.js";

/** Where to look for a UEFI. */
export interface FindUefiOptions {
  /** XDG_CONFIG_HOME and HOME name the user's own descriptions. */
  readonly env: Environment;
  /** The folders of descriptions, the most important first; QEMU's own unless given. */
  readonly folders?: readonly string[];
  /** Content of /etc/os-release, which chooses the package command in the hint; read from there unless given. */
  readonly osRelease?: string;
}

/** The part of a firmware description that is read here (QEMU's docs/interop/firmware.json). */
interface Description {
  readonly "interface-types": readonly string[];
  readonly mapping: {
    readonly device: string;
    readonly executable?: { readonly filename: string; readonly format: string };
    readonly "nvram-template"?: { readonly filename: string; readonly format: string };
  };
  readonly targets: readonly { readonly architecture: string; readonly machines: readonly string[] }[];
  readonly features: readonly string[];
}

/** How the versioned names of our machine types begin. */
const machineNames = { pc: "pc-i440fx-", q35: "pc-q35-", virt: "virt-", microvm: "microvm" } as const;

/** Firmware that asks for more than a plain machine has, or starts nothing that is not signed. */
const unwanted: ReadonlySet<string> = new Set(["requires-smm", "enrolled-keys", "secure-boot"]);

/**
 * The UEFI that this host has for a machine, by the descriptions that distributions install with it: a file of a name in
 * an earlier folder hides those of the same name in later ones, then names decide (QEMU's docs/interop/firmware.json).
 * Errors: `UEFI_NOT_FOUND` with the distribution's package command as hint.
 */
export async function findUefi(
  machine: Pick<Machine, "arch" | "type">,
  options: FindUefiOptions,
): Promise<Required<Pick<Uefi, "uefiCode" | "uefiVariables">>> {
  const folders = options.folders ?? descriptionFolders(options.env);
  for (const file of await descriptionFiles(folders)) {
    const found = suitable(await readDescription(file), machine);
    if (found !== undefined) return found;
  }
  throw new QemuError(
    "UEFI_NOT_FOUND",
    `This host has no UEFI for a ${machineType(machine)} machine of ${machine.arch}.`,
    {
      hint: await installHint(`UEFI for ${machine.arch}`, options.osRelease),
      details: { folders },
    },
  );
}

function descriptionFolders(env: Environment): readonly string[] {
  const own = env["XDG_CONFIG_HOME"] || (env["HOME"] && join(env["HOME"], ".config"));
  return [...(own ? [own] : []), "/etc", "/usr/share"].map((folder) => join(folder, "qemu/firmware"));
}

async function descriptionFiles(folders: readonly string[]): Promise<readonly string[]> {
  const files = new Map<string, string>();
  for (const folder of folders) {
    const names = await readdir(folder).catch(() => []);
    for (const name of names) {
      if (name.endsWith(".json") && !files.has(name)) files.set(name, join(folder, name));
    }
  }
  return [...files.keys()].sort().map((name) => files.get(name) ?? "");
}

/** An empty file switches off the one that it hides, and a broken one is no reason to stop. */
async function readDescription(file: string): Promise<Description | undefined> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as Description;
  } catch {
    return undefined;
  }
}

function suitable(description: Description | undefined, machine: Pick<Machine, "arch" | "type">) {
  const { executable, "nvram-template": variables, device } = description?.mapping ?? {};
  if (description === undefined || device !== "flash" || !description["interface-types"]?.includes("uefi"))
    return undefined;
  if (executable?.format !== "raw" || variables?.format !== "raw") return undefined;
  if (description.features?.some((feature) => unwanted.has(feature))) return undefined;
  const name = machineNames[machineType(machine)];
  const fits = description.targets?.some(
    (target) => target.architecture === machine.arch && target.machines.some((glob) => glob.startsWith(name)),
  );
  if (!fits || ![executable, variables].every(({ filename }) => existsSync(filename))) return undefined;
  return { uefiCode: executable.filename, uefiVariables: variables.filename };
}
