import { firstComplaint } from "../accel/probe.js";
import { QemuError } from "../errors.js";
import { quoteCommand } from "../args/quote.js";
import { forwardError } from "../host/forward-error.js";
import type { Command, MachineExit } from "../types.js";

/** Why QEMU ended before the machine ran: `PORT_IN_USE` or `START_FAILED`. */
export async function startError(command: Command, exit: MachineExit): Promise<QemuError> {
  const details = { ...exit, command };
  const port = await forwardError(exit.stderr, details);
  if (port !== undefined) return port;
  const how = exit.signal === null ? `exit code ${exit.code}` : `signal ${exit.signal}`;
  return new QemuError("START_FAILED", `QEMU did not start (${how}): ${firstComplaint(exit.stderr) ?? "no message"}`, {
    hint: `Try it by hand: ${quoteCommand(command)}`,
    details,
  });
}
