/**
 * What went wrong, for programs. Each code is documented in this package's README.
 * Problems in Kconfig text and .config text are not errors but `Diagnostic`s: parsers report, they do not throw.
 */
export type KconfigErrorCode =
  | "INTERNAL"
  | "INVALID_ARGUMENT"
  | "INVALID_NAME"
  | "INVALID_VALUE"
  | "FILE_NOT_FOUND"
  | "FILE_UNREADABLE"
  | "FILE_UNWRITABLE"
  | "TREE_INVALID"
  | "UNKNOWN_DIALECT"
  | "UNKNOWN_SYMBOL"
  | "SHELL_UNAVAILABLE"
  | "MODE_UNSUPPORTED"
  | "ABORTED";

const brand = Symbol.for("@ipa-br/error");

/** Every error that this package throws on purpose. `message` is the cause in one sentence, `hint` what to do next. */
export class KconfigError extends Error {
  override readonly name = "KconfigError";
  readonly code: KconfigErrorCode;
  /** What to do next: a sentence, or the command to type. */
  readonly hint: string | undefined;
  /** Facts behind the message: paths, lines, names. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: KconfigErrorCode,
    message: string,
    options: { hint?: string; details?: Readonly<Record<string, unknown>>; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
    this.details = options.details ?? {};
    Object.defineProperty(this, brand, { value: true });
  }

  /** True for this package's errors, also for those of another copy of it, where `instanceof` fails. */
  static is(value: unknown): value is KconfigError {
    return value instanceof Error && brand in value && value.name === "KconfigError";
  }
}
