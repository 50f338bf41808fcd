import { QemuError } from "../errors.js";
import type { AccelerationVerdict, Environment, QemuBinary } from "../types.js";

/** What is asked about acceleration. */
export interface DetectAccelerationOptions {
  readonly binary: QemuBinary;
  readonly env: Environment;
  /** A folder where the verdict is remembered. */
  readonly cacheDir?: string;
  readonly signal?: AbortSignal;
}

/** Whether KVM really works here: a guest is run to find out, a few seconds at most. Errors: `ABORTED`. */
export function detectAcceleration(options: DetectAccelerationOptions): Promise<AccelerationVerdict> {
  return Promise.reject(new QemuError("INTERNAL", `not written yet: ${options.binary.path}`));
}
