import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { exportSources, fetchSources, probeSources, type SourceFile, type SourcePlan } from "../../src/index.js";
import { mirrorFolder } from "../../src/sources/mirrors.js";
import { folderPlaces } from "../../src/sources/places.js";
import { env } from "../support/programs.js";
import { temporaryFolder } from "../support/temporary.js";

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
});

const digest = (text: string): string => createHash("sha256").update(text).digest("hex");

function source(name: string, more: Partial<SourceFile> = {}): SourceFile {
  const hashes = [{ algorithm: "sha256", value: digest(name) }] as const;
  return { name, folder: `pkg-${name}`, packages: [name], versions: ["1"], hashes, places: [], methods: [], ...more };
}

/** A download folder with a right, a wrong and a missing file, and one that nobody can judge. */
async function prepare(): Promise<{ folder: string; plan: SourcePlan }> {
  const folder = await temporaryFolder();
  const files = [source("good"), source("wrong"), source("missing"), source("git", { hashes: [], methods: ["git"] })];
  const plan = { dlDir: join(folder, "dl"), files, overridden: [] };
  for (const [name, text] of [
    ["good", "good"],
    ["wrong", "else"],
    ["git", "made by make"],
  ] as const) {
    await mkdir(join(plan.dlDir, `pkg-${name}`), { recursive: true });
    await writeFile(join(plan.dlDir, `pkg-${name}`, name), text);
  }
  return { folder, plan };
}

describe("exportSources", () => {
  it("writes what is right into a folder that another machine takes for a mirror", async () => {
    const { folder, plan } = await prepare();
    const target = join(folder, "export");
    const exported = await exportSources(plan, { target, env });
    expect(exported.files.map(({ name }) => name)).toEqual(["good", "git"]);
    expect(exported.missing.map(({ name }) => name)).toEqual(["wrong", "missing"]);
    expect(exported.bytes).toBe(16);
    expect((await readdir(target)).sort()).toEqual(["SHA256SUMS", "pkg-git", "pkg-good"]);
    execFileSync("sha256sum", ["--check", "--quiet", "--strict", "SHA256SUMS"], { cwd: target });
    const good = source("good", { places: folderPlaces("mirror", target, "pkg-good", "good") });
    const other = { dlDir: join(folder, "other"), files: [good], overridden: [] };
    expect((await fetchSources(other, { env })).files[0]).toMatchObject({
      outcome: "fetched",
      place: { kind: "mirror" },
    });
  });

  it.for(["x.tar", "deep/x.tar.gz", "x.tar.xz"])(
    "writes %s, the same bytes each time, and takes it for a mirror",
    async (name) => {
      const { folder, plan } = await prepare();
      const target = join(folder, name);
      await exportSources(plan, { target, env });
      const first = await readFile(target);
      await exportSources(plan, { target, env });
      expect((await readFile(target)).equals(first)).toBe(true);
      expect((await readdir(dirname(target))).filter((one) => one.startsWith("."))).toEqual([]);
      const options = { cacheDir: join(folder, "cache"), env, signal: undefined };
      const mirror = await mirrorFolder(target, options);
      expect(await readFile(join(mirror, "pkg-good/good"), "utf8")).toBe("good");
      expect(await mirrorFolder(target, options)).toBe(mirror);
      execFileSync("sha256sum", ["--check", "--quiet", "--strict", "SHA256SUMS"], { cwd: mirror });
    },
  );
});

describe("probeSources", () => {
  it("says of each file whether any place has it, and fetches none", async () => {
    const { plan, folder } = await prepare();
    const asked: string[] = [];
    server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      const known = request.url === "/head" || (request.url === "/get" && request.method === "GET");
      const status = known ? 200 : request.url === "/get" ? 405 : 404;
      response
        .writeHead(status)
        .end(request.url === "/simple/" ? `<a href="x#sha256=${digest("indexed")}">` : undefined);
    });
    await new Promise<void>((resolve) => server!.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const upstream = (path: string) => ({ kind: "upstream", url: `${url}${path}` }) as const;
    await writeFile(join(folder, "mirrored"), "mirrored");
    const files = [
      ...plan.files,
      source("head", { places: [upstream("/none"), upstream("/head")] }),
      source("get", { places: [upstream("/get")] }),
      source("mirrored", { places: folderPlaces("mirror", folder, "no", "mirrored") }),
      source("gone", { places: [upstream("/gone")] }),
      source("repository", { places: [upstream("/gone")], methods: ["git"] }),
    ];
    const probed = await probeSources({ ...plan, files }, { env, jobs: 2 });
    expect(probed.map(({ file, state, place }) => [file.name, state, place?.kind])).toEqual([
      ["good", "present", undefined],
      ["wrong", "nowhere", undefined],
      ["missing", "nowhere", undefined],
      ["git", "make", undefined],
      ["head", "reachable", "upstream"],
      ["get", "reachable", "upstream"],
      ["mirrored", "reachable", "mirror"],
      ["gone", "nowhere", undefined],
      ["repository", "make", undefined],
    ]);
    expect(probed[7]!.tried[0]!.reason).toBe(`${url}/gone: the server answered 404.`);
    expect(asked).toContain("GET /get");
    expect(asked).not.toContain("GET /head");
    expect(await readdir(plan.dlDir)).toEqual(["pkg-git", "pkg-good", "pkg-wrong"]);
  });
});
