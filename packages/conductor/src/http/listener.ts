import { createServer, type RequestListener, type Server } from "node:http";
import { ConductorError } from "../errors.js";

/** A server that can close its port and open the same one again. */
export class Listener {
  readonly #server: Server;
  readonly #host: string;
  #port: number;

  constructor(handler: RequestListener, address: { readonly host: string; readonly port: number }) {
    this.#server = createServer(handler);
    this.#host = address.host;
    this.#port = address.port;
  }

  /** The port that is listened at; what was asked for until `open` is done. */
  get port(): number {
    return this.#port;
  }

  /** Opens the port. Errors: `PORT_IN_USE`, `LISTEN_FAILED`. */
  async open(): Promise<void> {
    const server = this.#server;
    if (server.listening) return;
    await new Promise<void>((resolve, reject) => {
      const failed = (error: NodeJS.ErrnoException) => reject(listenError(error, this.#host, this.#port));
      server.once("error", failed);
      server.listen({ host: this.#host, port: this.#port }, () => {
        server.off("error", failed);
        resolve();
      });
    });
    const address = server.address();
    if (typeof address === "object" && address !== null) this.#port = address.port;
  }

  /** Closes the port and breaks off what goes on. Harmless where it is closed. */
  async close(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = new Promise<void>((resolve) => void this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
  }
}

function listenError(error: NodeJS.ErrnoException, host: string, port: number): ConductorError {
  if (error.code === "EADDRINUSE") {
    return new ConductorError("PORT_IN_USE", `Port ${port} of ${host} is taken by another program.`, {
      hint: `Find it with "ss -ltnp sport = :${port}", or take another port; port 0 takes any that is free.`,
      details: { host, port },
      cause: error,
    });
  }
  return new ConductorError(
    "LISTEN_FAILED",
    `Cannot listen at port ${port} of ${host}: ${error.code ?? error.message}.`,
    {
      hint: "Check the address: it must be one of this host; ports below 1024 need a privilege.",
      details: { host, port },
      cause: error,
    },
  );
}
