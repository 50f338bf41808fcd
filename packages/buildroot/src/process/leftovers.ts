import { setTimeout as delay } from "node:timers/promises";
import { marked } from "./descendants.js";
import { identify } from "./identity.js";
import { isAlive, ownPid, signal } from "./signals.js";

/** What every process that works in an output folder carries in its environment. */
export const outputVariable = "IPA_BR_OUTPUT";

const graceMs = 2000;
const pollMs = 50;

/**
 * Ends what a driver that was killed left at work in an output folder: whoever carries the folder's mark. Returns how many there
 * were. To be called under the folder's lock only.
 */
export async function endLeftovers(output: string): Promise<number> {
  const mark = `${outputVariable}=${output}`;
  const look = (): readonly ReturnType<typeof identify>[] =>
    marked(mark)
      .filter((pid) => pid !== ownPid())
      .map((pid) => identify(pid))
      .filter(({ startTime }) => startTime !== undefined);
  const found = look();
  for (const one of found) signal(one.pid, "SIGTERM");
  for (let waited = 0; waited < graceMs && found.some(isAlive); waited += pollMs) await delay(pollMs);
  for (let round = 0; round < 5; round++) {
    const left = look();
    if (left.length === 0) break;
    for (const one of left) if (isAlive(one)) signal(one.pid, "SIGKILL");
    await delay(pollMs);
  }
  return found.length;
}
