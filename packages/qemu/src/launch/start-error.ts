import { createServer } from "node:net";
import { firstComplaint } from "../accel/probe.js";
import { QemuError } from "../errors.js";
import { quoteCommand } from "../args/quote.js";
import type { Command, MachineExit } from "../types.js";

/** Why QEMU ended before the machine ran: `PORT_IN_USE` or `START_FAILED`. */
export async function startError(command: Command, exit: MachineExit): Promise<QemuError> {
  const details = { ...exit, command };
  const rule = /host forwarding rule '(tcp|udp):([0-9.]*):(\d+)-/.exec(exit.stderr);
  if (rule !== null) {
    const [, protocol = "", address = "", port = ""] = rule;
    const why = protocol === "tcp" ? await whyNotListening(address, Number(port)) : undefined;
    return new QemuError("PORT_IN_USE", `Port ${port} of ${address} cannot be forwarded: ${why ?? "it is taken"}.`, {
      hint: `See who has it with \`ss -lnp '( sport = :${port} )'\`, or forward another port.`,
      details: { ...details, port: Number(port), address },
    });
  }
  const how = exit.signal === null ? `exit code ${exit.code}` : `signal ${exit.signal}`;
  return new QemuError("START_FAILED", `QEMU did not start (${how}): ${firstComplaint(exit.stderr) ?? "no message"}`, {
    hint: `Try it by hand: ${quoteCommand(command)}`,
    details,
  });
}

/** Tries the port, since QEMU does not say what is wrong with it. */
function whyNotListening(address: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve("another program listens there");
      else if (error.code === "EACCES") resolve("only root may listen at ports below 1024");
      else resolve(error.message);
    });
    server.listen(port, address, () => server.close(() => resolve(undefined)));
  });
}
