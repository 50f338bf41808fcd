import { cp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Buildroot,
  type BuildrootEvent,
  type ConfigureOptions,
  openBuildroot,
  type RebuildAdvice,
  type RebuildPolicy,
} from "../../src/index.js";
import { rejection } from "../support/errors.js";
import { env } from "../support/programs.js";
import { realBuildroot, realBuildrootMissing } from "../support/real.js";
import { keptFolder } from "../support/temporary.js";

const missing = realBuildrootMissing();
const fixture = fileURLToPath(new URL("../fixtures/rebuild", import.meta.url));
const targets = ["ipabr-app", "ipabr-other"];

type Files = Readonly<Record<string, string>>;

/** The files below a folder with their content. */
async function contents(folder: string): Promise<Files> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    await Promise.all(
      files.toSorted().map(async (path) => [path.slice(folder.length), await readFile(path, "utf8")] as const),
    ),
  );
}

const summary = ({ level, packages }: RebuildAdvice): string =>
  [level, ...packages.map(({ package: name, action }) => `${name}-${action}`)].join(" ");

describe("real Buildroot: what is made anew after a change", { timeout: 600_000 }, () => {
  let folder: Awaited<ReturnType<typeof keptFolder>>;
  let external: string;
  let output: string;
  let tree: Buildroot;
  let atFirst: RebuildAdvice["basis"];
  const events: BuildrootEvent[] = [];
  const warnings = (): string[] => events.flatMap((event) => (event.type === "warning" ? [event.code] : []));

  const configure = (set: ConfigureOptions["set"]): Promise<unknown> => tree.configure({ set: set ?? {} });
  const build = async (rebuild: RebuildPolicy = "safe", only = targets): Promise<readonly string[]> => {
    events.length = 0;
    const { steps } = await tree.build({ targets: only, rebuild }).result;
    return [...new Set(steps.map((step) => step.package ?? ""))];
  };
  const installed = (): Promise<Files> => contents(join(output, "target/usr/share/ipabr"));
  /** What a build from nothing makes of the present configuration. */
  const fromNothing = async (only = targets): Promise<Files> => {
    await tree.clean();
    await build("safe", only);
    return installed();
  };

  beforeAll(async () => {
    folder = await keptFolder();
    if (missing !== undefined) return;
    external = join(folder.path, "external");
    output = join(folder.path, "out");
    await cp(fixture, external, { recursive: true });
    tree = await openBuildroot({
      buildroot: realBuildroot,
      output,
      externals: [external],
      env,
      onEvent: (event) => events.push(event),
    });
    await tree.configure({ defconfig: "ipabr_rebuild_defconfig" });
    atFirst = (await tree.rebuildAdvice()).basis;
    await build();
  }, 600_000);
  afterAll(() => folder.remove());

  it("advises nothing where nothing changed, and makes nothing anew", async (ctx) => {
    ctx.skip(missing !== undefined, missing);
    expect(atFirst).toBe("unbuilt");
    expect(await tree.rebuildAdvice()).toEqual({
      level: "nothing",
      canWait: false,
      packages: [],
      reasons: [],
      basis: "record",
    });
    expect(await build()).toEqual([]);
  });

  it("a package's option, its source, and who was built with it", async (ctx) => {
    ctx.skip(missing !== undefined, missing);
    const other = join(output, "build/ipabr-other-1.0/.stamp_configured");
    const before = (await stat(other)).mtimeMs;
    await configure({ BR2_PACKAGE_IPABR_LIB_WORD: "fancy" });
    const advice = await tree.rebuildAdvice();
    expect(summary(advice)).toBe("packages ipabr-app-dirclean ipabr-lib-reconfigure");
    expect(advice.reasons).toContainEqual({
      change: 'BR2_PACKAGE_IPABR_LIB_WORD: "plain", now "fancy"',
      level: "packages",
      package: "ipabr-lib",
      action: "reconfigure",
      why: "It is one of the package's own options; configuring it again suffices.",
      section: "Using Buildroot during development",
    });
    await writeFile(join(external, "src/app/app.txt"), "the program, changed\n");
    expect((await build()).toSorted()).toEqual(["ipabr-app", "ipabr-lib"]);
    expect(events).toContainEqual(expect.objectContaining({ type: "rebuild", applied: "packages" }));
    expect((await stat(other)).mtimeMs).toBe(before);
    const incremental = await installed();
    expect(incremental["/app"]).toBe("the program, changed\nfancy\nthe library\n");
    expect((await tree.rebuildAdvice()).level).toBe("nothing");
    expect(await fromNothing()).toEqual(incremental);
  });

  it("a library that is there no longer, and one that is there again", async (ctx) => {
    ctx.skip(missing !== undefined, missing);
    await configure({ BR2_PACKAGE_IPABR_LIB: false });
    const gone = await tree.rebuildAdvice();
    expect(summary(gone)).toBe("clean ipabr-app-dirclean");
    expect(gone.canWait).toBe(true);
    // It goes on: what is left of the library is only too much.
    expect(await build()).toEqual(["ipabr-app"]);
    expect(warnings()).toContain("REBUILD_OWED");
    expect((await installed())["/app"]).toBe("the program, changed\n");
    expect(Object.keys(await installed())).toContain("/lib");
    // It stays owed until somebody pays.
    expect((await tree.rebuildAdvice()).level).toBe("clean");
    await build("all");
    const paid = await installed();
    expect(Object.keys(paid)).toEqual(["/app", "/other"]);
    expect((await tree.rebuildAdvice()).level).toBe("nothing");

    await configure({ BR2_PACKAGE_IPABR_LIB: true });
    expect(summary(await tree.rebuildAdvice())).toBe("packages ipabr-app-dirclean");
    expect((await build()).toSorted()).toEqual(["ipabr-app", "ipabr-lib"]);
    const incremental = await installed();
    expect(incremental["/app"]).toBe("the program, changed\nplain\nthe library\n");
    expect(await fromNothing()).toEqual(incremental);
  });

  it("the external tree: makefiles, versions, overlays, what nobody reads", async (ctx) => {
    ctx.skip(missing !== undefined, missing);
    const edit = async (path: string, from: string, to: string): Promise<void> => {
      const text = await readFile(join(external, path), "utf8");
      await writeFile(join(external, path), text.replace(from, to));
    };
    await writeFile(join(external, "README.md"), "read me\n");
    expect((await tree.rebuildAdvice()).level).toBe("nothing");
    await writeFile(join(external, "board/overlay/etc/motd"), "another\n");
    expect(summary(await tree.rebuildAdvice())).toBe("image");
    await rm(join(external, "board/overlay/etc/motd"));
    expect(await tree.rebuildAdvice()).toMatchObject({ level: "clean", canWait: true });
    await writeFile(join(external, "board/overlay/etc/motd"), "another\n");
    await edit("package/ipabr-other/ipabr-other.mk", "other.txt $", "./other.txt $");
    expect(summary(await tree.rebuildAdvice())).toBe("packages ipabr-other-dirclean");
    await edit("package/ipabr-lib/ipabr-lib.mk", "VERSION = 1.0", "VERSION = 1.1");
    expect(summary(await tree.rebuildAdvice())).toBe(
      "packages ipabr-app-dirclean ipabr-lib-dirclean ipabr-other-dirclean".replace(" ipabr-lib-dirclean", ""),
    );
    expect((await build()).toSorted()).toEqual(["ipabr-app", "ipabr-lib", "ipabr-other"]);
    const incremental = await installed();
    expect(await fromNothing()).toEqual(incremental);
  });

  it("the architecture: nothing is built until somebody says so", async (ctx) => {
    ctx.skip(missing !== undefined, missing);
    await configure({ BR2_x86_nehalem: true });
    const error = await rejection(tree.build({ targets }).result);
    expect(error.code).toBe("REBUILD_NEEDED");
    expect(error.message).toContain("BR2_x86_nehalem: n, now y. The target architecture is compiled into everything.");
    expect((error.details["advice"] as RebuildAdvice).level).toBe("clean");
    // Going on without is remembered, also when the configuration is put back: something may have been built in between.
    expect(await build("none")).toEqual([]);
    expect(warnings()).toContain("REBUILD_OWED");
    await configure({ BR2_x86_x86_64: true });
    expect((await rejection(tree.build({ targets }).result)).code).toBe("REBUILD_NEEDED");
    expect(await build("all")).toEqual(expect.arrayContaining(["ipabr-app", "ipabr-lib", "ipabr-other"]));
    expect((await tree.rebuildAdvice()).level).toBe("nothing");
  });

  it("a folder that plain make has built", async (ctx) => {
    ctx.skip(missing !== undefined, missing);
    await rm(join(output, "ipa-br"), { recursive: true });
    expect(await tree.rebuildAdvice()).toMatchObject({ level: "nothing", basis: "make" });
    await configure({ BR2_PACKAGE_IPABR_LIB_WORD: "other" });
    expect(await tree.rebuildAdvice()).toMatchObject({ level: "packages", basis: "make" });
  });
});
