import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  fetchSources,
  openBuildroot,
  openSourceArchive,
  planSources,
  prepareSources,
  readHashFiles,
  verifySources,
  type Buildroot,
  type PackageInfos,
  type SourceArchive,
} from "../../src/index.js";
import { mirrorMissing } from "../support/debian.js";
import { env } from "../support/programs.js";
import { realBuildroot, realBuildrootMissing } from "../support/real.js";
import { keptFolder } from "../support/temporary.js";

/** busybox_1.37.0.orig.tar.bz2 in Debian's archive, busybox-1.37.0.tar.bz2 for Buildroot: one file. */
const busybox = "3311dff32e746499f4df0d5df04d7eb396382d7e108bb9250e7b519b837043a4";

describe("the sources of a real configuration", { timeout: 120_000 }, () => {
  let folder: Awaited<ReturnType<typeof keptFolder>>;
  let tree: Buildroot;
  let info: PackageInfos;
  let archive: SourceArchive;
  let noArchive: string | undefined;
  const noBuildroot = realBuildrootMissing();

  beforeAll(async () => {
    folder = await keptFolder();
    try {
      archive = await openSourceArchive({ cacheDir: join(folder.path, "cache"), env });
    } catch (error) {
      noArchive = mirrorMissing(error);
    }
    if (noBuildroot !== undefined) return;
    const output = join(folder.path, "out");
    tree = await openBuildroot({ buildroot: realBuildroot, output, dlDir: join(folder.path, "dl"), env });
    await tree.configure({ defconfig: "qemu_x86_64_defconfig" });
    info = await tree.showInfo();
  }, 120_000);
  afterAll(() => folder.remove());

  it("each has hashes and places, upstream before the backup", async (ctx) => {
    ctx.skip(noBuildroot !== undefined, noBuildroot);
    const hashes = await readHashFiles(info, realBuildroot);
    const plan = planSources({ info, hashes, dlDir: "/dl", sites: { backup: "https://sources.buildroot.net" } });
    expect(plan.files.length).toBeGreaterThan(20);
    const bare = plan.files.filter((file) => file.hashes.length === 0);
    expect(bare.map(({ name }) => name)).toEqual([]);
    const kinds = plan.files.find(({ folder }) => folder === "busybox")!.places.map(({ kind }) => kind);
    expect(kinds).toEqual(["download", "upstream", "backup", "backup"]);
  });

  it("are found in the distribution's archive by their SHA-256 and fetched from there", async (ctx) => {
    ctx.skip(noArchive !== undefined, noArchive);
    const found = await archive.find([busybox, "0".repeat(64)]);
    ctx.skip(!found.has(busybox), "this distribution's archive has no BusyBox 1.37.0");
    expect([...found.keys()]).toEqual([busybox]);
    const url = found.get(busybox)![0]!;
    expect(url).toMatch(/\/pool\/main\/b\/busybox\/busybox_1\.37\.0\.orig\.tar\.bz2$/);
    const file = {
      name: "busybox-1.37.0.tar.bz2",
      folder: "busybox",
      packages: ["busybox"],
      versions: [undefined],
      hashes: [{ algorithm: "sha256", value: busybox } as const],
      places: [{ kind: "debian", url } as const],
      methods: [],
    };
    const plan = { dlDir: join(folder.path, "one"), files: [file], overridden: [] };
    const { files } = await fetchSources(plan, { env, archive });
    ctx.skip(files[0]!.outcome === "missing", "the archive's index names a file that it does not hand out");
    expect((await verifySources(plan)).map(({ state }) => state)).toEqual(["good"]);
  });

  it("are prepared in one call", async (ctx) => {
    ctx.skip(noBuildroot !== undefined, noBuildroot);
    ctx.skip(noArchive !== undefined, noArchive);
    const prepared = await prepareSources({ tree, env, cacheDir: join(folder.path, "cache") });
    expect(prepared.archiveMissing).toBeUndefined();
    expect(prepared.plan.dlDir).toBe(join(folder.path, "dl"));
    const inArchive = prepared.plan.files.filter(({ places }) => places.some(({ kind }) => kind === "debian"));
    expect(inArchive.length).toBeGreaterThan(3);
    const without = await prepareSources({
      tree,
      env,
      cacheDir: join(folder.path, "none"),
      debian: false,
      pypi: false,
    });
    expect(without.archive).toBeUndefined();
    expect(without.plan.files).toHaveLength(prepared.plan.files.length);
  });
});
