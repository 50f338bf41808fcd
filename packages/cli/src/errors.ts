/** What went wrong, for programs. Each code is documented in this package's README. */
export type CliErrorCode =
  | "AUDIT_FAILED"
  | "BUILDROOT_UNAVAILABLE"
  | "CONFIG_INVALID"
  | "CONFIG_MISSING"
  | "COMMAND_LINE_WRONG"
  | "EDIT_NOT_HELD"
  | "FIX_FAILED"
  | "HOST_UNFIT"
  | "IMAGES_MISSING"
  | "LINT_FOUND"
  | "LOGIN_NOT_SEEN"
  | "MATRIX_FAILED"
  | "MERGE_INCOMPLETE"
  | "NO_WAY_FOUND"
  | "SETTING_INVALID"
  | "SOURCES_INCOMPLETE"
  | "TERMINAL_NEEDED"
  | "TREE_READ_ONLY"
  | "VERIFY_FAILED";

const brand = Symbol.for("@ipa-br/error");

/** Every error that this package throws on purpose. `message` is the cause in one sentence, `hint` what to do next. */
export class CliError extends Error {
  override readonly name = "CliError";
  readonly code: CliErrorCode;
  /** What to do next: a sentence, or the command to type. */
  readonly hint: string | undefined;
  /** Facts behind the message: paths, lines, names. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: CliErrorCode,
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
  static is(value: unknown): value is CliError {
    return value instanceof Error && brand in value && value.name === "CliError";
  }
}

/** What the errors of all `@ipa-br` packages have in common. */
export interface CodedError extends Error {
  readonly code: string;
  readonly hint: string | undefined;
  readonly details: Readonly<Record<string, unknown>>;
}

/** True for an error that any `@ipa-br` package threw on purpose. */
export function isCodedError(value: unknown): value is CodedError {
  return value instanceof Error && brand in value;
}
