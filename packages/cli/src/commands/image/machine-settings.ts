import { join } from "node:path";
import type { Accelerator } from "@ipa-br/qemu";
import type { Io } from "../../io.js";
import type { Settings } from "../../settings/resolve.js";
import type { MachineOptions } from "./images.js";

/** What the options say of a machine, and where this host's verdict about KVM is kept. */
export interface MachineSettings {
  readonly env: Io["env"];
  readonly cacheDir: string;
  readonly accel: Accelerator | "auto";
  readonly memory?: number;
  readonly cpus?: number;
  readonly nic?: string;
  readonly append?: string;
  readonly uefi?: boolean;
}

export function machineSettings(io: Io, settings: Settings, options: MachineOptions): MachineSettings {
  const { memory, cpus, nic, append, uefi, accel = "auto" } = options;
  return {
    ...{ env: io.env, cacheDir: join(settings.cacheDir, "acceleration"), accel },
    ...(memory === undefined ? {} : { memory }),
    ...(cpus === undefined ? {} : { cpus }),
    ...(nic === undefined ? {} : { nic }),
    ...(append === undefined ? {} : { append }),
    ...(uefi === undefined ? {} : { uefi }),
  };
}
