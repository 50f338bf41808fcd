import type * as Undici from "undici";
import type { Environment } from "../types.js";

export interface HttpRequest {
  readonly url: string;
  readonly method?: "GET" | "HEAD";
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
  /** For the proxies. */
  readonly env: Environment;
}

/**
 * Asks a server, through the proxy that the environment names for it (http_proxy, https_proxy, all_proxy, no_proxy, in small or
 * capital letters). A name and a password in the address are sent as Basic authentication. Rejects as `fetch` does.
 */
export async function httpRequest({
  url,
  method = "GET",
  headers = {},
  signal,
  env,
}: HttpRequest): Promise<Undici.Response> {
  // Loading it takes longer than most of this package's functions, which ask no server.
  const undici = await import("undici");
  const { username, password } = new URL(url);
  const credentials = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString("base64");
  return undici.fetch(withoutCredentials(url), {
    method,
    headers: { ...headers, ...(username === "" ? {} : { authorization: `Basic ${credentials}` }) },
    dispatcher: dispatcherFor(undici, new URL(url), env),
    ...(signal === undefined ? {} : { signal }),
  });
}

/** An address that may be shown. */
export function withoutCredentials(address: string): string {
  if (!/^https?:\/\/[^/]*@/i.test(address)) return address;
  const url = new URL(address);
  url.username = "";
  url.password = "";
  return url.href;
}

/** An address that a page at `base` names, with the page's credentials where it is the same server's. */
export function besides(base: string, address: string): string {
  const url = new URL(address, base);
  const page = new URL(base);
  if (url.origin === page.origin && url.username === "") {
    url.username = page.username;
    url.password = page.password;
  }
  return url.href;
}

/** What an error of `httpRequest` is about; `fetch` hides it in its cause. */
export function reasonOf(error: unknown): string {
  const { cause, message } = error as Error;
  return cause instanceof Error && cause.message !== "" ? cause.message : message;
}

/** The proxy that the environment names for an address; undefined for none. Lower case wins, as in curl and wget. */
export function proxyFor(url: URL, env: Environment): string | undefined {
  const read = (name: string): string | undefined => env[name] || env[name.toUpperCase()] || undefined;
  const proxy = read(url.protocol === "https:" ? "https_proxy" : "http_proxy") ?? read("all_proxy");
  if (proxy === undefined || isExempt(url, read("no_proxy") ?? "")) return undefined;
  return proxy.includes("://") ? proxy : `http://${proxy}`;
}

function isExempt({ hostname, port, protocol }: URL, exempt: string): boolean {
  const host = hostname.toLowerCase();
  const actual = port === "" ? (protocol === "https:" ? "443" : "80") : port;
  return exempt
    .toLowerCase()
    .split(/[\s,]+/)
    .some((entry) => {
      if (entry === "*") return true;
      const [, domain, wanted] = /^\*?\.?(\[.*\]|[^:]+)(?::(\d+))?$/.exec(entry) ?? [];
      if (domain === undefined || (wanted !== undefined && wanted !== actual)) return false;
      return host === domain || host.endsWith(`.${domain}`);
    });
}

/** One per proxy, since each keeps connections. */
const agents = new Map<string, Undici.Dispatcher>();

function dispatcherFor({ Agent, ProxyAgent }: typeof Undici, url: URL, env: Environment): Undici.Dispatcher {
  const proxy = proxyFor(url, env);
  // http goes through a proxy as it is, https in a tunnel: many proxies refuse a tunnel to port 80.
  const tunnel = url.protocol === "https:";
  const key = proxy === undefined ? "" : `${tunnel} ${proxy}`;
  let agent = agents.get(key);
  if (agent === undefined) {
    agent = proxy === undefined ? new Agent() : new ProxyAgent({ uri: proxy, proxyTunnel: tunnel });
    agents.set(key, agent);
  }
  return agent;
}
