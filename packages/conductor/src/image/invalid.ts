import { ConductorError } from "../errors.js";

/** The error for an image that is broken at a place. */
export function invalidImage(path: string, offset: number, reason: string, cause?: unknown): ConductorError {
  return new ConductorError("IMAGE_INVALID", `${path} is broken at byte ${offset}: ${reason}.`, {
    hint: "Make it anew: ipa-br build; a file that was copied may have been cut off.",
    details: { path, offset, reason },
    cause,
  });
}
