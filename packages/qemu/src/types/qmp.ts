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

/** Something that QEMU tells unasked. */
export interface QmpEvent {
  /** `SHUTDOWN`, `RESET`, `POWERDOWN`, `GUEST_PANICKED`, `DEVICE_DELETED`, ... */
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
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
  /** Calls the listener for every event from now on; the returned function ends that. */
  onEvent(listener: (event: QmpEvent) => void): () => void;
}
