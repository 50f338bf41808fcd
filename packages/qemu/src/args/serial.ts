import type { SerialPort } from "../types.js";
import { optionValue } from "./option-value.js";

/** `-serial` for the first serial port. */
export function serialArguments(serial: SerialPort = "stdio"): string[] {
  if (serial === "stdio") return ["-serial", "stdio"];
  // file: takes the rest of the word as it is; unix: is a list of options (qemu(1), "-serial").
  if ("file" in serial) return ["-serial", `file:${serial.file}`];
  return ["-serial", `unix:${optionValue(serial.socket)},server=on,wait=off`];
}
