/** When the agent needs an executable, and what happens without it. */
export type Tier =
  /** The agent does not come up. */
  | "boot"
  /** Called while the agent comes up; a missing one costs a feature or some of the inventory. */
  | "boot-tolerated"
  /** The node cannot be restarted in order. */
  | "reboot"
  /** An image cannot be written. */
  | "deploy"
  /** A disk cannot be cleaned. */
  | "clean"
  /** Called only by steps or collectors that an operator asks for. */
  | "optional";

export interface Tool {
  /** As the agent calls it. */
  readonly name: string;
  readonly tier: Tier;
  /** Buildroot symbols that together bring it; empty where Buildroot has no package of it. */
  readonly symbols: readonly string[];
  /** What the agent asks of it and BusyBox's program of that name does not take. */
  readonly busyboxLacks?: string;
  /** What about it is easily got wrong. */
  readonly note?: string;
}

/** A collector that runs a program, without which the inspection fails where somebody names the collector. */
export interface Collector {
  readonly program: string;
  /** Buildroot symbols that bring the program; empty where Buildroot has no package of it. */
  readonly symbols: readonly string[];
  readonly note?: string;
}

export type KernelPurpose =
  | "virtual machine"
  | "network"
  | "server network"
  | "disk"
  | "hardware RAID"
  | "software RAID"
  | "multipath"
  | "iSCSI boot"
  | "filesystem"
  | "UEFI"
  | "IPMI"
  | "system";

export interface KernelOption {
  /** With its CONFIG_ prefix, as in Linux' .config. */
  readonly name: string;
  readonly purpose: KernelPurpose;
  /** True: needed before modules can be loaded, so `m` does not do. */
  readonly builtIn: boolean;
}

/** What the agent needs of its image, as `auditImage` of @ipa-br/conductor takes it. */
export interface AgentContract {
  readonly tools: readonly Tool[];
  readonly kernelOptions: readonly KernelOption[];
  readonly pythonSymbols: readonly string[];
  /** Symbols of Python distributions whose names do not follow from the distributions' own, by normalised name. */
  readonly pythonPackages: Readonly<Record<string, string>>;
  /** Requirements that a distribution's metadata names and the image does well without, by the distribution's normalised name. */
  readonly pythonNotNeeded: Readonly<Record<string, readonly string[]>>;
  /** Collectors that need more than the agent itself, by their names. */
  readonly collectors: Readonly<Record<string, Collector>>;
  /** The file of the image that tells its profile, and kernel options and purposes that a profile does without. */
  readonly profiles: { readonly file: string; readonly without: Readonly<Record<string, readonly string[]>> };
}
