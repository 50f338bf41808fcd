import type { BuildrootEvent } from "@ipa-br/buildroot";

/** The line that an event is worth in every display; undefined for most. */
export function warningOf(event: BuildrootEvent): string | undefined {
  if (event.type === "warning") return `warning: ${event.message}`;
  if (event.type === "lock-recovered") return `warning: took over ${event.path}: ${event.reason}`;
  if (event.type === "stopping" && event.signal === "SIGTERM") return `stopping ${event.pids.length} processes`;
  return undefined;
}
