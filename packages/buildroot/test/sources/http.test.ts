import { createServer, type IncomingMessage, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { besides, httpRequest, proxyFor, withoutCredentials } from "../../src/sources/http.js";

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(answer: (request: IncomingMessage) => string): Promise<string> {
  const server = createServer((asked, response) => response.end(answer(asked)));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A proxy for plain http that notes what it was asked for. */
async function proxy(seen: string[]): Promise<string> {
  const server = createServer((asked, response) => {
    seen.push(`${asked.method} ${asked.url} ${asked.headers["proxy-authorization"] ?? ""}`.trimEnd());
    const onward = request(asked.url!, { headers: { host: new URL(asked.url!).host } }, (answer) =>
      answer.pipe(response),
    );
    onward.end();
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://user:secret@127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe("httpRequest", () => {
  it("goes through the proxy that the environment names, and past it where no_proxy says so", async () => {
    const url = await serve(() => "content");
    const seen: string[] = [];
    const http_proxy = await proxy(seen);
    const through = await httpRequest({ url: `${url}/a`, env: { http_proxy } });
    expect(await through.text()).toBe("content");
    expect(seen).toEqual([`GET ${url}/a Basic ${Buffer.from("user:secret").toString("base64")}`]);
    await (await httpRequest({ url: `${url}/b`, env: { http_proxy, no_proxy: "localhost, 127.0.0.1" } })).text();
    await (await httpRequest({ url: `${url}/c`, env: {} })).text();
    expect(seen).toHaveLength(1);
  });

  it("sends the credentials of an address as Basic authentication, and never shows them", async () => {
    const url = await serve((asked) => asked.headers.authorization ?? "none");
    const named = url.replace("//", "//me:p%40ss@");
    expect(await (await httpRequest({ url: `${named}/x`, env: {} })).text()).toBe(
      `Basic ${Buffer.from("me:p@ss").toString("base64")}`,
    );
    expect(withoutCredentials(`${named}/x`)).toBe(`${url}/x`);
    expect(besides(`${named}/simple/x/`, "../../f/x.tar.gz")).toBe(`${named}/f/x.tar.gz`);
    expect(besides(`${named}/simple/x/`, "https://files.example/x.tar.gz")).toBe("https://files.example/x.tar.gz");
  });

  it.each([
    ["http://a.example/x", { http_proxy: "http://p:1" }, "http://p:1"],
    ["http://a.example/x", { HTTP_PROXY: "p:1" }, "http://p:1"],
    ["http://a.example/x", { http_proxy: "http://p:1", HTTP_PROXY: "http://q:1" }, "http://p:1"],
    ["https://a.example/x", { http_proxy: "http://p:1" }, undefined],
    ["https://a.example/x", { https_proxy: "http://p:1" }, "http://p:1"],
    ["https://a.example/x", { all_proxy: "http://p:1" }, "http://p:1"],
    ["http://a.example/x", { http_proxy: "http://p:1", no_proxy: "example" }, undefined],
    ["http://a.example/x", { http_proxy: "http://p:1", no_proxy: ".a.example" }, undefined],
    ["http://a.example/x", { http_proxy: "http://p:1", no_proxy: "b.example,*.example" }, undefined],
    ["http://xa.example/x", { http_proxy: "http://p:1", no_proxy: "a.example" }, "http://p:1"],
    ["http://a.example:81/x", { http_proxy: "http://p:1", no_proxy: "a.example:80" }, "http://p:1"],
    ["http://a.example/x", { http_proxy: "http://p:1", no_proxy: "a.example:80" }, undefined],
    ["http://[::1]/x", { http_proxy: "http://p:1", NO_PROXY: "[::1]" }, undefined],
    ["http://a.example/x", { http_proxy: "http://p:1", no_proxy: "*" }, undefined],
    ["http://a.example/x", { http_proxy: "" }, undefined],
  ])("%s with %j", (url, env, expected) => expect(proxyFor(new URL(url), env)).toBe(expected));
});
