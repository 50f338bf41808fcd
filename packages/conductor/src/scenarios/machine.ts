/** How a machine is to be started for a scenario. */
export interface StartRequest {
  /** The conductor's address: `ipa-api-url`. */
  readonly apiUrl: string;
  /** Where inspection data goes; without it the agent does not inspect: `ipa-inspection-callback-url`. */
  readonly inspectionUrl?: string;
  readonly signal?: AbortSignal;
}

/** A machine, or a process, in which the agent runs. */
export interface StartedMachine {
  /** Resolves when it is gone, for whatever reason; never rejects. */
  readonly exited: Promise<void>;
  /**
   * Resolves with the reason once nothing more is to be expected of the machine though it may still run: its kernel
   * panicked, its agent ended (code `AGENT_ENDED`, which is no reason where the scenario ends the machine). Never rejects.
   */
  readonly failed?: Promise<Error>;
  /** What it printed so far, for reports of failures; the last lines are enough. */
  log(): string;
  /** Ends it; harmless where it is gone. */
  stop(): Promise<void>;
}

/** Something that an agent can be started in, again and again. */
export interface MachineUnderTest {
  /** For the report: `VM with bzImage and rootfs.cpio.xz`. */
  readonly description: string;
  /** The enrolled node that it is. */
  readonly node: string;
  /**
   * True if its disks may be written and its power may be turned off: a virtual machine with throw-away disks. Scenarios
   * that do so are skipped on others.
   */
  readonly disposable: boolean;
  start(request: StartRequest): Promise<StartedMachine>;
  /**
   * The first bytes of the disk that images are deployed to, read outside of the machine; without it `deploy` is skipped.
   */
  readDisk?(bytes: number): Promise<Uint8Array>;
}
