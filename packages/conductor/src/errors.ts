/** What went wrong, for programs. Each code is documented in this package's README. */
export type ConductorErrorCode =
  /** The options contradict themselves, or describe a node that cannot be. */
  | "OPTIONS_INVALID"
  /** Another program listens at the port. */
  | "PORT_IN_USE"
  /** The address cannot be listened at, for another reason. */
  | "LISTEN_FAILED"
  /** No such node is enrolled. */
  | "NODE_UNKNOWN"
  /** The node's agent sent no heartbeat yet, so nobody knows where it is. */
  | "NO_HEARTBEAT"
  /** What was waited for did not come in time. */
  | "WAIT_TIMEOUT"
  /** The agent cannot be reached: refused, reset, or no route. */
  | "AGENT_UNREACHABLE"
  /** The agent's certificate is not the one that it sent with its heartbeat, or not for its address. */
  | "AGENT_UNTRUSTED"
  /** The agent refused the token. */
  | "AGENT_UNAUTHORIZED"
  /** The agent executes another command. */
  | "AGENT_BUSY"
  /** The agent refused the request: its words are in `details.faultstring`, the status in `details.status`. */
  | "AGENT_REFUSED"
  /** What the agent answered is not what the protocol says. */
  | "AGENT_ANSWER_INVALID"
  /** The agent executed the command, and it failed: `details.error` is what it said. */
  | "COMMAND_FAILED"
  /** A scenario's check did not hold. */
  | "CHECK_FAILED"
  /** The machine ended in the middle of a scenario. */
  | "MACHINE_EXITED"
  /** The agent in the machine ended in the middle of a scenario. */
  | "AGENT_ENDED"
  /** No scenario has that name. */
  | "SCENARIO_UNKNOWN"
  /** An image or a configuration cannot be read: it is missing, or no file. */
  | "IMAGE_UNREADABLE"
  /** An image is broken: cut off, corrupt, or not what the kernel takes. */
  | "IMAGE_INVALID"
  /** An image is compressed in a way that is not read here. */
  | "IMAGE_UNSUPPORTED"
  /** An image unpacks to more than the limit. */
  | "IMAGE_TOO_LARGE"
  /** The program that unpacks an image is not on PATH. */
  | "DECOMPRESSOR_MISSING"
  /** The conductor was stopped. */
  | "STOPPED"
  /** The caller's signal was aborted. */
  | "ABORTED"
  /** A mistake in this package. */
  | "INTERNAL";

const brand = Symbol.for("@ipa-br/error");

/** What an error carries besides its code and message. */
export interface ConductorErrorOptions {
  readonly hint?: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** Every error that this package throws on purpose. `message` is the cause in one sentence, `hint` what to do next. */
export class ConductorError extends Error {
  override readonly name = "ConductorError";
  readonly code: ConductorErrorCode;
  /** What to do next: a sentence, or the command to type. */
  readonly hint: string | undefined;
  /** Facts behind the message: addresses, statuses, names. Never a token. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ConductorErrorCode, message: string, options: ConductorErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
    this.details = options.details ?? {};
    Object.defineProperty(this, brand, { value: true });
  }

  /** True for this package's errors, also for those of another copy of it, where `instanceof` fails. */
  static is(value: unknown): value is ConductorError {
    return value instanceof Error && brand in value && value.name === "ConductorError";
  }
}
