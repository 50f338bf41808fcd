import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { createServer, type Server } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { httpAnswer, kernelPanic, tcpAnswer } from "../../src/index.js";
import { playedGuest } from "../support/console.js";

const soon = { timeoutMs: 60_000 };

async function listening(server: Server, port = 0): Promise<number> {
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return (server.address() as { port: number }).port;
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}

it("takes a greeting for an answer, and a closed connection for none", async () => {
  let tries = 0;
  const port = await listening(
    createServer((socket) => {
      socket.on("error", () => {});
      tries += 1;
      if (tries < 3) socket.destroy();
      else socket.end("SSH-2.0-test\r\n");
    }),
  );
  expect(await playedGuest().console.waitFor(tcpAnswer({ port }), soon)).toBe("SSH-2.0-test\r\n");
  expect(tries).toBe(3);
});

it("asks first where the service waits for it, and gives a silent one up", async () => {
  const port = await listening(
    createServer((socket) => {
      socket.on("error", () => {});
      socket.on("data", (data) => void socket.end(data));
    }),
  );
  expect(await playedGuest().console.waitFor(tcpAnswer({ port, send: "ping" }), soon)).toBe("ping");
  const silent = playedGuest().console.waitFor(tcpAnswer({ port, tryMs: 50 }), { timeoutMs: 400 });
  await expect(silent).rejects.toMatchObject({
    code: "WAIT_TIMEOUT",
    message: expect.stringContaining(`port ${port}`),
  });
});

it("waits for a web server that is not there yet, then for a status that counts", async () => {
  const port = await freePort();
  const answer = playedGuest().console.waitFor(httpAnswer({ url: `http://127.0.0.1:${port}/` }), soon);
  await new Promise((resolve) => setTimeout(resolve, 300));
  let asked = 0;
  await listening(
    createHttpServer((_request, response) => {
      asked += 1;
      response.writeHead(asked < 3 ? 503 : 204).end();
    }),
    port,
  );
  expect(await answer).toBe(204);
});

it("lets the caller say which status counts", async () => {
  const port = await listening(createHttpServer((_request, response) => void response.writeHead(401).end()));
  const strategy = httpAnswer({ url: `http://127.0.0.1:${port}/`, accept: (status) => status === 401 });
  expect(await playedGuest().console.waitFor(strategy, soon)).toBe(401);
});

it("stops asking when the machine ends", async () => {
  const guest = playedGuest();
  const waiting = guest.console.waitFor(httpAnswer({ url: `http://127.0.0.1:${await freePort()}/` }), soon);
  guest.ends({ code: 0 });
  await expect(waiting).rejects.toMatchObject({ code: "MACHINE_EXITED" });
});

it("waits for a panic that is meant", async () => {
  const guest = playedGuest();
  const waiting = guest.console.waitFor(kernelPanic(), soon);
  guest.prints("Kernel panic - not syncing: sysrq triggered crash\r\nCPU: 0\r\n");
  expect(await waiting).toBe("sysrq triggered crash");
});
