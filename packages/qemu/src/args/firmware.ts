import type { Firmware } from "../types.js";
import { QemuError } from "../errors.js";
import { localFile, optionList } from "./option-value.js";

/**
 * Flash chips for a UEFI image and its variables; nothing for the machine type's own firmware. Variables that are not to
 * be kept go to an unnamed temporary file that QEMU itself lays over them.
 */
export function firmwareArguments(firmware: Firmware = "default"): string[] {
  if (firmware === "default") return [];
  if (firmware === "uefi") {
    throw new QemuError("MACHINE_INVALID", "Which UEFI image is meant depends on the host.", {
      hint: "Put what findUefi() finds in its place, or let planLaunch() do it.",
    });
  }
  const { uefiCode, uefiVariables, keepVariables } = firmware;
  const flash = { format: "raw" } as const;
  const code = optionList("if=pflash", { ...flash, "read-only": true, file: localFile(uefiCode) });
  if (uefiVariables === undefined) return ["-drive", code];
  const snapshot = keepVariables === true ? undefined : true;
  const variables = optionList("if=pflash", { ...flash, snapshot, file: localFile(uefiVariables) });
  return ["-drive", code, "-drive", variables];
}
