/** What went wrong, for programs. Each code is documented in this package's README. */
export type PresetErrorCode =
  | "TREE_MISSING"
  | "BUILDROOT_UNREADABLE"
  | "IMAGE_UNKNOWN"
  | "INJECTION_INVALID"
  | "RECORDING_UNREADABLE"
  | "RELEASE_FOREIGN"
  | "RELEASE_INCOMPLETE"
  | "PACKAGES_CONFLICT"
  | "PROJECT_MISSING"
  | "FETCH_FAILED"
  | "HASH_MISMATCH";

const brand = Symbol.for("@ipa-br/error");

/** Every error that this package throws on purpose. `message` is the cause in one sentence, `hint` what to do next. */
export class PresetError extends Error {
  override readonly name = "PresetError";
  readonly code: PresetErrorCode;
  /** What to do next: a sentence, or the command to type. */
  readonly hint: string | undefined;
  /** Facts behind the message: paths, names. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: PresetErrorCode,
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
  static is(value: unknown): value is PresetError {
    return value instanceof Error && brand in value && value.name === "PresetError";
  }
}
