import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { fetchSources, openSourceArchive, planSources, probeSources, type SourceArchive } from "../../src/index.js";
import { parseInfo } from "../../src/show-info.js";
import { env, findProgramSync } from "../support/programs.js";
import { temporaryFolder } from "../support/temporary.js";

const noApt = findProgramSync("apt-get") === undefined ? "there is no apt-get here" : undefined;

const digest = (algorithm: string, data: string) => createHash(algorithm).update(data).digest("hex");
const content = (name: string) => `the content of ${name}\n`.repeat(500);

let close: (() => void) | undefined;
afterEach(() => close?.());

/** An archive behind a server of HTTP, as apt wants it: every suite has the same source packages. */
async function serveArchive(files: Readonly<Record<string, string>>): Promise<{ url: string; asked: string[] }> {
  const paragraphs = Object.entries(files).map(([path, data]) => {
    const [folder, name] = [path.slice(0, path.lastIndexOf("/")), path.slice(path.lastIndexOf("/") + 1)];
    const line = (sum: string) => ` ${sum} ${data.length} ${name}`;
    return [
      `Package: ${name.split("_")[0]}`,
      "Binary: x",
      `Version: ${name.split("_")[1]!.replace(/\.orig.*/, "")}-1`,
      "Format: 3.0 (quilt)",
      `Files:\n${line(digest("md5", data))}`,
      `Checksums-Sha256:\n${line(digest("sha256", data))}`,
      `Directory: ${folder}\n`,
    ].join("\n");
  });
  const sources = paragraphs.join("\n");
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const url = request.url!;
    asked.push(url);
    const suite = /^\/debian\/dists\/(\w+)\/Release$/.exec(url)?.[1];
    const index = /^\/debian\/dists\/\w+\/main\/source\/Sources$/.test(url) ? sources : undefined;
    const release =
      suite === undefined
        ? undefined
        : `Origin: Debian\nSuite: ${suite}\nCodename: ${suite}\nComponents: main\nDate: Thu, 01 Jan 2026 00:00:00 UTC\nSHA256:\n ${digest("sha256", sources)} ${sources.length} main/source/Sources\n`;
    const text = release ?? index ?? files[url.replace("/debian/", "")];
    if (text === undefined) response.writeHead(404).end();
    else response.end(request.method === "HEAD" ? undefined : text);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/debian`, asked };
}

async function open(url: string, folder: string): Promise<SourceArchive> {
  return openSourceArchive({
    cacheDir: join(folder, "cache"),
    env,
    host: {
      osRelease: "ID=debian\nVERSION_ID=12\nVERSION_CODENAME=bookworm\nPRETTY_NAME=Debian\n",
      machine: "x86_64",
      aptEntries: [
        { types: ["deb"], uris: [url], suites: ["bookworm"], components: ["main"], options: { Trusted: "yes" } },
      ],
    },
  });
}

/** Packages whose .hash files know a SHA-512 only, as bzip2's, libaio's and tzdata's do. */
function packagesOf(names: readonly string[]) {
  const info = parseInfo(
    JSON.stringify(
      Object.fromEntries(
        names.map((name) => [
          name,
          {
            type: "target",
            version: "1",
            dl_dir: name,
            hashes: [`${name}.hash`],
            downloads: [{ source: `${name}-1.0.tar.gz`, uris: [] }],
          },
        ]),
      ),
    ),
  );
  const lineOf = (name: string) => ({
    algorithm: "sha512" as const,
    value: digest("sha512", content(name)),
    file: `${name}-1.0.tar.gz`,
  });
  return { info, hashes: new Map(names.map((name) => [`${name}.hash`, [lineOf(name)]])) };
}

describe("a file that Buildroot knows by its SHA-512", { timeout: 60_000 }, () => {
  it("is looked for in the archive by its name, and taken only if its content is the right one", async (ctx) => {
    ctx.skip(noApt !== undefined, noApt);
    const folder = await temporaryFolder();
    const { url, asked } = await serveArchive({
      "pool/main/r/right/right_1.0.orig.tar.gz": content("right"),
      "pool/main/w/wrong/wrong_1.0.orig.tar.gz": content("something else of that name"),
      "pool/main/o/other/other_1.1.orig.tar.gz": content("other"),
    });
    const archive = await open(url, folder);
    const { info, hashes } = packagesOf(["right", "wrong", "other"]);
    const names = ["right-1.0.tar.gz", "wrong-1.0.tar.gz", "other-1.0.tar.gz"];
    const debian = await archive.find([], names);
    expect([...debian.keys()]).toEqual(names.slice(0, 2));
    const plan = planSources({ info, hashes, dlDir: join(folder, "dl"), debian });
    const probed = await probeSources(plan, { env });
    expect(probed.map(({ file, state, place }) => [file.name, state, place?.byName])).toEqual([
      ["other-1.0.tar.gz", "nowhere", undefined],
      ["right-1.0.tar.gz", "reachable", true],
      ["wrong-1.0.tar.gz", "reachable", true],
    ]);
    const { files } = await fetchSources(plan, { env, archive });
    expect(files.map(({ file, outcome, place }) => [file.name, outcome, place?.kind])).toEqual([
      ["other-1.0.tar.gz", "missing", undefined],
      ["right-1.0.tar.gz", "fetched", "debian"],
      ["wrong-1.0.tar.gz", "missing", undefined],
    ]);
    expect(readFileSync(join(folder, "dl/right/right-1.0.tar.gz"), "utf8")).toBe(content("right"));
    expect(files[2]!.tried.at(-1)!.reason).toMatch(/[Hh]ash/);
    expect(asked.some((path) => path.endsWith("wrong_1.0.orig.tar.gz"))).toBe(true);
    // Nothing wrong and nothing half-done is left.
    expect(readdirSync(join(folder, "dl/wrong"))).toEqual([]);
    expect(readdirSync(join(folder, "dl/right"))).toEqual(["right-1.0.tar.gz"]);
  });

  it("is found beside those that are known by their SHA-256, in one pass", async (ctx) => {
    ctx.skip(noApt !== undefined, noApt);
    const folder = await temporaryFolder();
    const { url } = await serveArchive({
      "pool/main/a/a/a_2.orig.tar.xz": content("a"),
      "pool/main/d/data/data_2025b.orig-code.tar.gz": content("code"),
    });
    const found = await (await open(url, folder)).find([digest("sha256", content("a"))], ["code2025b.tar.gz"]);
    expect(Object.fromEntries(found)).toEqual({
      [digest("sha256", content("a"))]: [`${url}/pool/main/a/a/a_2.orig.tar.xz`],
      "code2025b.tar.gz": [`${url}/pool/main/d/data/data_2025b.orig-code.tar.gz`],
    });
  });
});
