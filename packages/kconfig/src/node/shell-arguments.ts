import { fromBytes, toBytes } from "./bytes.js";

/** The arguments with which `/bin/sh` runs a command; `latin1`: its characters are bytes, which need not be UTF-8. */
export function shellArguments(command: string, encoding: "utf8" | "latin1" | undefined): string[] {
  if (encoding !== "latin1") return ["-c", command];
  const text = fromBytes(command);
  if (text === command || toBytes(text) === command) return ["-c", text];
  // Arguments are UTF-8: the shell makes the bytes itself.
  const octal = (character: string): string => `\\${character.charCodeAt(0).toString(8).padStart(3, "0")}`;
  return ["-c", `exec /bin/sh -c "$(printf '${command.replace(/[^A-Za-z0-9 ]/g, octal)}')" sh`];
}
