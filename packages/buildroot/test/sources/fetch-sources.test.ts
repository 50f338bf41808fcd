import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { fetchSources, verifySources, type SourceFile, type SourcePlace, type SourcePlan } from "../../src/index.js";
import { rejection } from "../support/errors.js";
import { env } from "../support/programs.js";
import { temporaryFolder } from "../support/temporary.js";

let server: Server | undefined;
const asked: string[] = [];

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
  asked.length = 0;
});

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

async function serve(answers: Readonly<Record<string, Buffer | string | Answer>>): Promise<string> {
  server = createServer((request, response) => {
    asked.push(request.url!);
    const answer = answers[request.url!];
    if (answer === undefined) response.writeHead(404).end();
    else if (typeof answer === "function") answer(request, response);
    else response.end(answer);
  });
  await new Promise<void>((resolve) => server!.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const content = (name: string) => Buffer.from(`the content of ${name}\n`.repeat(1000));
const digest = (algorithm: string, data: Buffer) => createHash(algorithm).update(data).digest("hex");

function source(name: string, places: readonly SourcePlace[], more: Partial<SourceFile> = {}): SourceFile {
  const hashes = [
    { algorithm: "sha256", value: digest("sha256", content(name)) },
    { algorithm: "sha1", value: digest("sha1", content(name)) },
  ] as const;
  return { name, folder: "pkg", packages: ["pkg"], versions: ["1"], hashes, places, methods: [], ...more };
}

const upstream = (url: string): SourcePlace => ({ kind: "upstream", url });

async function planOf(files: readonly SourceFile[]): Promise<SourcePlan> {
  return { dlDir: join(await temporaryFolder(), "dl"), files, overridden: [] };
}

const read = (plan: SourcePlan, name: string) => readFileSync(join(plan.dlDir, "pkg", name));

describe("fetchSources", () => {
  it("takes each file from the first place that has it right, several at once", async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, "b"), content("b"));
    await writeFile(join(folder, "c"), "something else");
    const url = await serve({ "/a": content("a"), "/wrong/c": "an error page", "/c": content("c") });
    const local = (name: string): SourcePlace => ({ kind: "mirror", url: pathToFileURL(join(folder, name)).href });
    const plan = await planOf([
      source("a", [local("a"), upstream(`${url}/none/a`), upstream(`${url}/a`)]),
      source("b", [local("b"), upstream(`${url}/b`)]),
      source("c", [local("c"), upstream(`${url}/wrong/c`), upstream(`${url}/c`)]),
      source("d", [upstream(`${url}/d`)]),
      source("e", [upstream(`${url}/e`)], { hashes: [] }),
    ]);
    const { files, missing, bytes } = await fetchSources(plan, { env });
    expect(files.map(({ file, outcome, place }) => [file.name, outcome, place?.kind])).toEqual([
      ["a", "fetched", "upstream"],
      ["b", "fetched", "mirror"],
      ["c", "fetched", "upstream"],
      ["d", "missing", undefined],
      ["e", "no-hash", undefined],
    ]);
    expect(bytes).toBe(content("a").length * 3);
    for (const name of ["a", "b", "c"]) expect(read(plan, name).equals(content(name))).toBe(true);
    expect(files[2]!.tried.map(({ reason }) => reason)).toEqual([
      expect.stringContaining("has the SHA-256"),
      expect.stringContaining("has the SHA-256"),
    ]);
    expect(missing.map(({ file }) => file.name)).toEqual(["d"]);
    expect(missing[0]!.tried[0]!.reason).toContain("404");
    // What was wrong in the mirror is still there, nothing else is left in the download folder.
    expect(readFileSync(join(folder, "c"), "utf8")).toBe("something else");
    expect((await readdir(join(plan.dlDir, "pkg"))).sort()).toEqual(["a", "b", "c"]);
    expect(asked).not.toContain("/b");
  });

  it("does not ask for what is there, and replaces a wrong file by a right one only", async () => {
    const url = await serve({ "/b": content("b") });
    const plan = await planOf(["a", "b", "c"].map((name) => source(name, [upstream(`${url}/${name}`)])));
    await mkdir(join(plan.dlDir, "pkg"), { recursive: true });
    await writeFile(join(plan.dlDir, "pkg/a"), content("a"));
    await writeFile(join(plan.dlDir, "pkg/b"), "wrong");
    await writeFile(join(plan.dlDir, "pkg/c"), "wrong");
    const before = await verifySources(plan);
    expect(before.map(({ state }) => state)).toEqual(["good", "wrong", "wrong"]);
    expect(before[1]!.reason).toContain(`not ${digest("sha256", content("b"))}`);
    const { files } = await fetchSources(plan, { env });
    expect(files.map(({ outcome }) => outcome)).toEqual(["present", "fetched", "missing"]);
    expect(asked.sort()).toEqual(["/b", "/c"]);
    expect((await verifySources(plan)).map(({ state }) => state)).toEqual(["good", "good", "wrong"]);
  });

  it("checks every hash, not only the one that it looks for", async () => {
    const url = await serve({ "/a": content("a") });
    const file = source("a", [upstream(`${url}/a`)]);
    const plan = await planOf([{ ...file, hashes: [file.hashes[0]!, { algorithm: "sha1", value: "0".repeat(40) }] }]);
    const { missing } = await fetchSources(plan, { env });
    expect(missing[0]!.tried[0]!.reason).toContain("its SHA-1 is");
    expect(await readdir(join(plan.dlDir, "pkg"))).toEqual([]);
  });

  it("goes on where a broken-off download stopped, at another place and in a later call", async () => {
    const ranges: (string | undefined)[] = [];
    const abort = new AbortController();
    const rest: Answer = (request, response) => {
      ranges.push(request.headers.range);
      const start = Number(/\d+/.exec(request.headers.range ?? "0")![0]);
      const data = content("a");
      response.writeHead(start > 0 ? 206 : 200, {
        "content-length": data.length - start,
        ...(start > 0 ? { "content-range": `bytes ${start}-${data.length - 1}/${data.length}` } : {}),
      });
      response.end(data.subarray(start));
    };
    const url = await serve({
      "/hangs/a": (_request, response) => {
        response.writeHead(200, { "content-length": content("a").length });
        response.write(content("a").subarray(0, 5000), () => setTimeout(() => abort.abort(), 100));
      },
      "/a": rest,
    });
    const plan = await planOf([source("a", [upstream(`${url}/hangs/a`)])]);
    const error = await rejection(fetchSources(plan, { env, signal: abort.signal }));
    expect(error.code).toBe("ABORTED");
    expect(error.message).toContain("the sources");
    expect(existsSync(join(plan.dlDir, ".ipa-br.lock"))).toBe(false);
    const again = { ...plan, files: [source("a", [upstream(`${url}/a`)])] };
    expect((await fetchSources(again, { env })).files[0]!.outcome).toBe("fetched");
    expect(ranges).toEqual(["bytes=5000-"]);
  });

  it("finds a Python package in the index by its SHA-256", async () => {
    const sha = digest("sha256", content("x-1.tar.gz"));
    const url = await serve({
      "/simple/x/": (request, response) => {
        const json = request.headers.accept?.includes("application/vnd.pypi.simple.v1+json") === true;
        response.end(json ? JSON.stringify({ files: [{ url: "/f/x-1.tar.gz", hashes: { sha256: sha } }] }) : "");
      },
      "/simple/y/": "<html></html>",
      "/f/x-1.tar.gz": content("x-1.tar.gz"),
    });
    const plan = await planOf([
      source("x-1.tar.gz", [{ kind: "pypi", url: `${url}/simple/x/` }]),
      source("y-1.tar.gz", [{ kind: "pypi", url: `${url}/simple/y/` }]),
    ]);
    const { files } = await fetchSources(plan, { env });
    expect(files.map(({ outcome }) => outcome)).toEqual(["fetched", "missing"]);
    expect(files[1]!.tried[0]!.reason).toContain("no file there has that SHA-256");
  });

  it("asks Debian's archive through apt where there is one", async () => {
    const place: SourcePlace = { kind: "debian", url: "http://deb.example/a_1.orig.tar.gz" };
    const plan = await planOf([source("a", [place])]);
    const calls: string[] = [];
    const archive = {
      find: () => Promise.resolve(new Map<string, string[]>()),
      async download(url: string, path: string): Promise<void> {
        calls.push(url);
        await writeFile(path, content("a"));
      },
    };
    expect((await fetchSources(plan, { env, archive })).files[0]).toMatchObject({ outcome: "fetched", place });
    expect(calls).toEqual([place.url]);
    expect(await readdir(join(plan.dlDir, "pkg"))).toEqual(["a"]);
  });

  it("gives up a server that is not there, for all files at once", { timeout: 30_000 }, async () => {
    const url = await serve({});
    server!.close();
    const names = ["a", "b", "c", "d", "e"];
    const plan = await planOf(names.map((name) => source(name, [upstream(`${url}/${name}`)])));
    const { missing } = await fetchSources(plan, { env, jobs: 1 });
    expect(missing.map(({ tried }) => tried[0]!.reason.includes("did not answer before"))).toEqual([
      false,
      false,
      true,
      true,
      true,
    ]);
  });

  it("lets a second process wait", async () => {
    const url = await serve({ "/a": (_request, response) => void setTimeout(() => response.end(content("a")), 300) });
    const plan = await planOf([source("a", [upstream(`${url}/a`)])]);
    const phases: string[] = [];
    const [first, second] = await Promise.all([
      fetchSources(plan, { env }),
      fetchSources(plan, { env, onEvent: (event) => event.type === "fetch" && phases.push(event.phase) }),
    ]);
    expect([first, second].map(({ files }) => files[0]!.outcome).sort()).toEqual(["fetched", "present"]);
    expect(asked).toEqual(["/a"]);
  });
});
