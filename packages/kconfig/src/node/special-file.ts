import type { Stats } from "node:fs";

/** Whether it is something that no file may take the place of, and that gives its content but once: a device, a pipe, a socket. */
export function isSpecial(found: Stats | undefined): boolean {
  return found !== undefined && !found.isFile() && !found.isDirectory() && !found.isSymbolicLink();
}
