import { resolve } from "node:path";
import type { Drive, Firmware, MachineType, Nic } from "@ipa-br/qemu";
import { CliError } from "../errors.js";
import type { Io } from "../io.js";

/** What `run` takes beside kernel, memory and processors. */
export type DeviceOptions = {
  readonly machine?: MachineType;
  readonly uefi?: boolean;
  readonly disk?: readonly string[];
  readonly iso?: string;
  readonly addNic?: readonly string[];
  readonly tpm?: boolean;
  readonly guestAgent?: boolean;
  readonly qemuArg?: readonly string[];
};

/** The part of a machine that these options describe. */
export interface DescribedDevices {
  readonly type?: MachineType;
  readonly firmware: Firmware;
  readonly drives: readonly Drive[];
  readonly nics: readonly Nic[];
  readonly tpm: boolean;
  readonly guestAgent: boolean;
  readonly extraArguments: readonly string[];
}

/**
 * Reads the options. The first network card is `first`, the manual flow's; `--add-nic` adds others.
 * @throws CliError SETTING_INVALID
 */
export function describeDevices(io: Io, options: DeviceOptions, first: Nic): DescribedDevices {
  const iso: readonly Drive[] = options.iso === undefined ? [] : [media(resolve(io.cwd, options.iso))];
  return {
    ...(options.machine === undefined ? {} : { type: options.machine }),
    firmware: options.uefi === true ? "uefi" : "default",
    drives: [...iso, ...(options.disk ?? []).map((text) => parseDisk(io.cwd, text))],
    nics: [first, ...(options.addNic ?? []).map(parseNic)],
    tpm: options.tpm === true,
    guestAgent: options.guestAgent === true,
    extraArguments: options.qemuArg ?? [],
  };
}

function media(file: string): Drive {
  return { file, bus: "cdrom", bootIndex: 0 };
}

const units: Readonly<Record<string, number>> = { K: 1024, M: 1024 ** 2, G: 1024 ** 3, T: 1024 ** 4 };

/** Bytes out of `4G`; undefined if it is no size. */
function parseSize(text: string): number | undefined {
  const match = /^(\d+)([KMGT])$/.exec(text);
  return match === null ? undefined : Number(match[1]) * (units[match[2] ?? ""] ?? Number.NaN);
}

const buses = ["virtio", "nvme", "sata", "scsi", "cdrom"] as const;
const formats = ["raw", "qcow2"] as const;

/**
 * Reads `SIZE` or `FILE`, then `,key=value`: bus, format, sector (512 or 4096), serial, size (makes the file where there
 * is none), and the words `throw-away` and `read-only`.
 * @throws CliError SETTING_INVALID
 */
export function parseDisk(cwd: string, text: string): Drive {
  const { head, entries, words } = splitSpecification(text, ["throw-away", "read-only"]);
  const refuse = (): never =>
    invalid(text, "[SIZE|FILE][,bus=nvme][,format=qcow2][,sector=4096][,throw-away]", "--disk 4G,bus=nvme");
  const [bus, format] = [entries.get("bus"), entries.get("format")];
  const [sector, serial, sizeText] = [entries.get("sector"), entries.get("serial"), entries.get("size")];
  for (const key of entries.keys()) if (!["bus", "format", "sector", "serial", "size"].includes(key)) refuse();
  const size = sizeText === undefined ? undefined : (parseSize(sizeText) ?? refuse());
  const common = {
    bus: oneOf(buses, bus ?? "virtio") ?? refuse(),
    sectorSize:
      sector === "4096" ? (4096 as const) : sector === undefined || sector === "512" ? (512 as const) : refuse(),
    readOnly: words.has("read-only"),
    ...(serial === undefined ? {} : { serial }),
  };
  const blankBytes = parseSize(head);
  if (blankBytes !== undefined)
    return format === undefined && size === undefined ? { ...common, blankBytes } : refuse();
  if (head === "") return refuse();
  return {
    ...common,
    file: resolve(cwd, head),
    format: oneOf(formats, format ?? "raw") ?? refuse(),
    throwAway: words.has("throw-away"),
    ...(size === undefined ? {} : { createBytes: size }),
  };
}

/**
 * Reads `mac=52:54:00:12:34:56`, `model=virtio-net-pci`, `isolated`, in any order and number; `user` is a card like QEMU's own.
 * @throws CliError SETTING_INVALID
 */
export function parseNic(text: string): Nic {
  const { entries, words } = splitSpecification(`,${text}`, ["isolated", "user"]);
  for (const key of entries.keys()) {
    if (key !== "mac" && key !== "model")
      invalid(text, "[mac=MAC][,model=MODEL][,isolated]", "--add-nic mac=52:54:00:12:34:56");
  }
  const [mac, model] = [entries.get("mac"), entries.get("model")];
  return {
    isolated: words.has("isolated"),
    ...(mac === undefined ? {} : { mac }),
    ...(model === undefined ? {} : { model }),
  };
}

/** Cuts at commas; a doubled comma is one of the text. */
function splitSpecification(text: string, known: readonly string[]) {
  const [head = "", ...rest] = text.split(/(?<!,),(?!,)/).map((part) => part.replaceAll(",,", ","));
  const entries = new Map<string, string>();
  const words = new Set<string>();
  for (const part of rest) {
    const equals = part.indexOf("=");
    if (equals > 0) entries.set(part.slice(0, equals), part.slice(equals + 1));
    else if (known.includes(part)) words.add(part);
    else entries.set(`?${part}`, "");
  }
  return { head, entries, words };
}

function oneOf<const T extends string>(known: readonly T[], text: string): T | undefined {
  return known.find((one) => one === text);
}

function invalid(text: string, form: string, hint: string): never {
  throw new CliError("SETTING_INVALID", `"${text}" is not of the form ${form}`, { hint });
}
