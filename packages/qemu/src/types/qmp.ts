/** What can be asked of QEMU with typed arguments and results (QEMU QMP Reference Manual); others go as `unknown`. */
export interface QmpCommands {
  quit: { arguments: undefined; result: object };
  /** Presses the power button: the guest shuts down if it listens to ACPI. */
  system_powerdown: { arguments: undefined; result: object };
  system_reset: { arguments: undefined; result: object };
  stop: { arguments: undefined; result: object };
  cont: { arguments: undefined; result: object };
  "query-status": { arguments: undefined; result: { running: boolean; status: string } };
  "query-kvm": { arguments: undefined; result: { enabled: boolean; present: boolean } };
  "query-version": {
    arguments: undefined;
    result: { qemu: { major: number; minor: number; micro: number }; package: string };
  };
  /** Writes a picture of the screen; QEMU 7.1 and newer write PNG too. */
  screendump: { arguments: { filename: string; format?: "ppm" | "png" }; result: object };
  device_add: { arguments: { driver: string; id: string; [property: string]: unknown }; result: object };
  device_del: { arguments: { id: string }; result: object };
  "query-block": { arguments: undefined; result: readonly { device: string; qdev?: string; inserted?: object }[] };
  netdev_add: { arguments: { type: string; id: string; [property: string]: unknown }; result: object };
  netdev_del: { arguments: { id: string }; result: object };
  "human-monitor-command": { arguments: { "command-line": string }; result: string };
}

/** What QEMU tells unasked, with what it says of it (QEMU QMP Reference Manual); others come through `onEvent`. */
export interface QmpEvents {
  /** The machine stops, or with `-no-reboot` would start again; by the guest itself or by who runs QEMU. */
  SHUTDOWN: { guest: boolean; reason: string };
  RESET: { guest: boolean; reason: string };
  /** The power button was pressed. */
  POWERDOWN: QmpNothing;
  STOP: QmpNothing;
  RESUME: QmpNothing;
  SUSPEND: QmpNothing;
  WAKEUP: QmpNothing;
  /** Only where the guest has a device to tell it (pvpanic); `kernelPanic()` and all waits read the console. */
  GUEST_PANICKED: { action: string; info?: Readonly<Record<string, unknown>> };
  WATCHDOG: { action: string };
  /** `device` is there for a device that has an id. */
  DEVICE_DELETED: { device?: string; path: string };
  /** QEMU 6.2 and newer. */
  DEVICE_UNPLUG_GUEST_ERROR: { device?: string; path: string };
  DEVICE_TRAY_MOVED: { device: string; id: string; "tray-open": boolean };
  BLOCK_IO_ERROR: {
    device: string;
    "node-name"?: string;
    operation: "read" | "write";
    action: "ignore" | "report" | "stop";
    nospace?: boolean;
    reason: string;
  };
  NIC_RX_FILTER_CHANGED: { name?: string; path: string };
  /** Somebody in the guest opened or closed a port of virtio-serial, qemu-ga for one. */
  VSERPORT_CHANGE: { id: string; open: boolean };
  /** The guest set its clock; seconds away from the host's. */
  RTC_CHANGE: { offset: number };
}

/** An event that says nothing but its name. */
export type QmpNothing = Readonly<Record<string, never>>;

/** Something that QEMU tells unasked. */
export interface QmpEvent<Name extends string = string, Data = Readonly<Record<string, unknown>>> {
  /** `SHUTDOWN`, `RESET`, `POWERDOWN`, `GUEST_PANICKED`, `DEVICE_DELETED`, ... */
  readonly event: Name;
  readonly data: Data;
  /** Milliseconds since 1970, by QEMU's clock. */
  readonly atMs: number;
}

/** QEMU's control channel. */
export interface QmpClient {
  /** Runs a command and resolves with its result. Errors: `QMP_FAILED`. */
  execute<Name extends keyof QmpCommands>(
    name: Name,
    ...args: QmpCommands[Name]["arguments"] extends undefined ? [] : [QmpCommands[Name]["arguments"]]
  ): Promise<QmpCommands[Name]["result"]>;
  /** The same for a command that is not typed here. Errors: `QMP_FAILED`. */
  executeRaw(name: string, args?: Readonly<Record<string, unknown>>): Promise<unknown>;
  /** Calls the listener for every event of that name from now on; the returned function ends that. */
  on<Name extends keyof QmpEvents>(
    name: Name,
    listener: (event: QmpEvent<Name, Readonly<QmpEvents[Name]>>) => void,
  ): () => void;
  /** The same for all events, those included that are not typed here. */
  onEvent(listener: (event: QmpEvent) => void): () => void;
}
