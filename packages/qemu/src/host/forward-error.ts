import { createServer } from "node:net";
import { QemuError } from "../errors.js";

/** `PORT_IN_USE` if that is what QEMU complains about. */
export async function forwardError(
  complaint: string,
  details: Readonly<Record<string, unknown>> = {},
): Promise<QemuError | undefined> {
  const rule = /host forwarding rule '(tcp|udp):([0-9.]*):(\d+)-/.exec(complaint);
  if (rule === null) return undefined;
  const [, protocol = "", address = "", port = ""] = rule;
  const why = protocol === "tcp" ? await whyNotListening(address, Number(port)) : undefined;
  return new QemuError("PORT_IN_USE", `Port ${port} of ${address} cannot be forwarded: ${why ?? "it is taken"}.`, {
    hint: `See who has it with \`ss -lnp '( sport = :${port} )'\`, or forward another port.`,
    details: { ...details, port: Number(port), address },
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
