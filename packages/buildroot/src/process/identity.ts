import { readFileSync } from "node:fs";

/** A process that can be told from a later one with the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Clock ticks since boot (field 22 of /proc/PID/stat); undefined where there is no /proc. */
  readonly startTime: string | undefined;
  /** The process group (field 5). */
  readonly group: number | undefined;
  /** The process that started it, or took it over (field 4). */
  readonly parent: number | undefined;
}

/** A running process; its start time is undefined if it is gone. A zombie counts as gone: it runs no more and holds nothing. */
export function identify(pid: number): ProcessIdentity {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, "latin1");
  } catch {
    return { pid, startTime: undefined, group: undefined, parent: undefined };
  }
  // The command stands in parentheses and may hold spaces and parentheses itself.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  if (fields[0] === "Z" || fields[0] === "X") return { pid, startTime: undefined, group: undefined, parent: undefined };
  return { pid, startTime: fields[19], group: Number(fields[2]), parent: Number(fields[1]) };
}
