import type { Firmware } from "../types.js";
import { localFile, optionList } from "./option-value.js";

/** Flash chips for a UEFI image and its variables; nothing for the machine type's own firmware. */
export function firmwareArguments(firmware: Firmware = "default"): string[] {
  if (firmware === "default") return [];
  const flash = { format: "raw" } as const;
  const code = optionList("if=pflash", { ...flash, "read-only": true, file: localFile(firmware.uefiCode) });
  if (firmware.uefiVariables === undefined) return ["-drive", code];
  return ["-drive", code, "-drive", optionList("if=pflash", { ...flash, file: localFile(firmware.uefiVariables) })];
}
