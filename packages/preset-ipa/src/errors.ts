/** Codes of the errors that this package raises. Each is described in the README. */
export type PresetErrorCode = "TREE_MISSING";

const brand = Symbol.for("@ipa-br/preset-ipa.error");

/** The only class of error that this package raises on its own. */
export class PresetError extends Error {
  override readonly name = "PresetError";
  readonly code: PresetErrorCode;
  /** What to do next. */
  readonly hint: string | undefined;

  constructor(code: PresetErrorCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
    Object.defineProperty(this, brand, { value: true });
  }

  /** Tells a PresetError of any copy of this package from other values. */
  static is(value: unknown): value is PresetError {
    return typeof value === "object" && value !== null && brand in value;
  }
}
