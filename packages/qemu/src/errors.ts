/** What went wrong, for programs. Each code is documented in this package's README. */
export type QemuErrorCode =
  /** The machine description contradicts itself or names something QEMU cannot do. */
  | "MACHINE_INVALID"
  /** A kernel, initrd, firmware or disk image named by the description cannot be read. */
  | "IMAGE_NOT_FOUND"
  /** No `qemu-system-*` for the architecture on the search path. */
  | "QEMU_NOT_FOUND"
  /** No swtpm, which plays the TPM, on the search path. */
  | "SWTPM_NOT_FOUND"
  /** This host has no UEFI image for such machines. */
  | "UEFI_NOT_FOUND"
  /** The program found is no QEMU, or does not run. */
  | "QEMU_UNUSABLE"
  /** KVM was asked for by name and does not work on this host. */
  | "KVM_UNUSABLE"
  /** A host port to forward is taken by another program. */
  | "PORT_IN_USE"
  /** QEMU ended before the machine ran: its own message is in `details.stderr`. */
  | "START_FAILED"
  /** The machine ended while somebody waited for it. */
  | "MACHINE_EXITED"
  /** What was waited for did not come in time: the last lines of the screen are in the message. */
  | "WAIT_TIMEOUT"
  /** The guest's kernel panicked: the trace is in `details.trace`. */
  | "KERNEL_PANIC"
  /** The guest refused the user or the password. */
  | "LOGIN_FAILED"
  /** `attach` was called while a terminal is attached already. */
  | "CONSOLE_BUSY"
  /** A QMP command was refused, or the control channel is closed. */
  | "QMP_FAILED"
  /** The guest agent refused a command, or the machine has no port for one. */
  | "AGENT_FAILED"
  /** The caller's signal was aborted. */
  | "ABORTED"
  /** A mistake in this package. */
  | "INTERNAL";

const brand = Symbol.for("@ipa-br/error");

/** What an error carries besides its code and message. */
export interface QemuErrorOptions {
  readonly hint?: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** Every error that this package throws on purpose. `message` is the cause in one sentence, `hint` what to do next. */
export class QemuError extends Error {
  override readonly name = "QemuError";
  readonly code: QemuErrorCode;
  /** What to do next: a sentence, or the command to type. */
  readonly hint: string | undefined;
  /** Facts behind the message: paths, lines, names. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: QemuErrorCode, message: string, options: QemuErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
    this.details = options.details ?? {};
    Object.defineProperty(this, brand, { value: true });
  }

  /** True for this package's errors, also for those of another copy of it, where `instanceof` fails. */
  static is(value: unknown): value is QemuError {
    return value instanceof Error && brand in value && value.name === "QemuError";
  }
}
