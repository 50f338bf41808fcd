import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { fetchRelease, type TarballRelease } from "../../src/index.js";
import { rejection } from "../support/errors.js";
import { env } from "../support/programs.js";
import { temporaryFolder } from "../support/temporary.js";

let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function serve(handler: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  server = createServer(handler);
  await new Promise<void>((resolve) => server!.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/buildroot-2026.02.3.tar.xz`;
}

async function tarball(folder: string): Promise<Buffer> {
  const tree = join(folder, "buildroot-2026.02.3");
  await mkdir(tree);
  await writeFile(join(tree, "Makefile"), "export BR2_VERSION := 2026.02.3\n");
  await writeFile(
    join(tree, "noise"),
    Buffer.from(Array.from({ length: 200_000 }, (_, index) => (index * index) % 251)),
  );
  const path = join(folder, "release.tar");
  execFileSync("tar", ["-cf", path, "-C", folder, "buildroot-2026.02.3"]);
  return readFile(path);
}

function releaseOf(url: string, content: Buffer): TarballRelease {
  return { version: "2026.02.3", url, sha256: createHash("sha256").update(content).digest("hex") };
}

/** Answers as a server with ranges does; `limit` cuts the connection after so many bytes. */
function answer(request: IncomingMessage, response: ServerResponse, content: Buffer, limit = Infinity): string {
  const range = /^bytes=(\d+)-$/.exec(request.headers.range ?? "");
  const start = Number(range?.[1] ?? 0);
  if (start >= content.length) {
    response.writeHead(416).end();
    return "416";
  }
  const rest = content.subarray(start);
  response.writeHead(range === null ? 200 : 206, {
    "content-length": rest.length,
    ...(range === null ? {} : { "content-range": `bytes ${start}-${content.length - 1}/${content.length}` }),
  });
  if (rest.length > limit) response.write(rest.subarray(0, limit), () => setTimeout(() => response.destroy(), 100));
  else response.end(rest);
  return range === null ? "whole" : `from ${start}`;
}

describe("fetchRelease from a tarball", () => {
  it("unpacks the pinned file", async () => {
    const folder = await temporaryFolder();
    const content = await tarball(folder);
    const url = await serve((request, response) => void answer(request, response, content));
    const cacheDir = join(folder, "cache");
    const progress: [number | undefined, number | undefined][] = [];
    const { path, fetched } = await fetchRelease({
      release: releaseOf(url, content),
      cacheDir,
      env,
      onEvent: (event) =>
        event.type === "fetch" && event.phase === "download" && progress.push([event.received, event.total]),
    });
    expect(fetched).toBe(true);
    expect(await readFile(join(path, "Makefile"), "utf8")).toContain("2026.02.3");
    expect(progress.at(-1)).toEqual([content.length, content.length]);
    expect(await readdir(cacheDir)).toHaveLength(1);
  });

  it("goes on where a broken-off download stopped", async () => {
    const folder = await temporaryFolder();
    const content = await tarball(folder);
    const answers: string[] = [];
    const url = await serve((request, response) => {
      answers.push(answer(request, response, content, answers.length < 2 ? 70_000 : Infinity));
    });
    const { fetched } = await fetchRelease({ release: releaseOf(url, content), cacheDir: join(folder, "cache"), env });
    expect(fetched).toBe(true);
    expect(answers[0]).toBe("whole");
    expect(answers.slice(1).every((one) => one.startsWith("from "))).toBe(true);
    expect(answers.length).toBeGreaterThanOrEqual(3);
  });

  it("goes on in a later call, after an abort", async () => {
    const folder = await temporaryFolder();
    const content = await tarball(folder);
    const abort = new AbortController();
    const answers: string[] = [];
    const url = await serve((request, response) => {
      if (answers.length > 0) answers.push(answer(request, response, content));
      else {
        answers.push("hangs");
        response.writeHead(200, { "content-length": content.length });
        response.write(content.subarray(0, 50_000), () => setTimeout(() => abort.abort(), 100));
      }
    });
    const options = { release: releaseOf(url, content), cacheDir: join(folder, "cache"), env };
    const error = await rejection(fetchRelease({ ...options, signal: abort.signal }));
    expect(error.code).toBe("ABORTED");
    expect((await fetchRelease(options)).fetched).toBe(true);
    expect(answers).toEqual(["hangs", "from 50000"]);
  });

  it("never uses a file with a wrong sum, and does not keep it", async () => {
    const folder = await temporaryFolder();
    const content = await tarball(folder);
    const other: Buffer = Buffer.from(content);
    other[1000] = other[1000]! ^ 1;
    let served: Buffer = other;
    const url = await serve((request, response) => void answer(request, response, served));
    const options = { release: releaseOf(url, content), cacheDir: join(folder, "cache"), env };
    const error = await rejection(fetchRelease(options));
    expect(error.code).toBe("FETCH_MISMATCH");
    expect(error.hint).toContain(options.release.sha256);
    expect(await readdir(options.cacheDir)).toEqual([]);
    // What is left of some other file is thrown away, not continued for ever.
    served = content;
    const part = join(options.cacheDir, `buildroot-2026.02.3-${options.release.sha256.slice(0, 12)}.part`);
    await writeFile(part, Buffer.alloc(5000, 1));
    expect((await fetchRelease(options)).fetched).toBe(true);
    expect(existsSync(part)).toBe(false);
  });

  it("says what the server answered, and how else to come by a tree", async () => {
    const folder = await temporaryFolder();
    const url = await serve((_request, response) => void response.writeHead(404).end());
    const release = releaseOf(url, Buffer.from("x"));
    const error = await rejection(fetchRelease({ release, cacheDir: join(folder, "cache"), env }));
    expect(error.code).toBe("FETCH_FAILED");
    expect(error.message).toContain("the server answered 404");
    expect(error.hint).toContain("BR2_UPSTREAM");
    server!.close();
    server!.closeAllConnections();
    const refused = await rejection(fetchRelease({ release, cacheDir: join(folder, "cache"), env }));
    expect(refused.message).toContain("ECONNREFUSED");
  });
});
