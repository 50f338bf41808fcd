import { existsSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  createConfiguration,
  dialects,
  explain,
  lintTree,
  loadTree,
  TreeCache,
  type Configuration,
  type Environment,
  type KconfigTree,
  type TreeImage,
  type TreeStore,
} from "../../src/index.js";
import { diskTreeStore, nodeHost, treeCodec } from "../../src/node.js";
import { buildroot } from "../support/buildroot-oracle.js";
import { randomTree } from "../support/random-tree.js";

/** What `explain` says, with names in place of the tree's objects. */
function explained(configuration: Configuration, name: string): string {
  return JSON.stringify(explain(configuration, name), (_, value: unknown) => {
    if (typeof value !== "object" || value === null) return value;
    // symbols and menus
    if ("isChoice" in value && "name" in value) return value.name;
    return "visibility" in value && "location" in value ? value.location : value;
  });
}

/** A store in memory that counts. */
class MemoryStore implements TreeStore {
  readonly codec = treeCodec;
  readonly images = new Map<string, TreeImage>();
  hits = 0;
  read(key: string): TreeImage | undefined {
    const image = this.images.get(key);
    if (image !== undefined) this.hits++;
    return image;
  }
  write(key: string, image: TreeImage): void {
    this.images.set(key, image);
  }
}

describe("a tree from a store", { timeout: 60_000 }, () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "kconfig-store-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const load = (store?: TreeStore, env: Environment = {}, dialect = dialects["linux-6.1"]): KconfigTree =>
    loadTree({
      root: join(folder, "Kconfig"),
      host: { ...nodeHost(), shell: (command) => ({ stdout: command.toUpperCase(), stderr: "", status: 0 }) },
      dialect,
      env,
      ...(store === undefined ? {} : { cache: new TreeCache({ store }) }),
    });
  const files = (): string[] => [createConfiguration(load()).writeConfig()];

  it("is the tree that the files give, for any tree", () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.integer({ min: 1, max: 45 }),
        fc.constantFrom(dialects.buildroot, dialects["linux-6.1"], dialects.linux),
        (seed, size, dialect) => {
          writeFileSync(join(folder, "Kconfig"), randomTree(seed, size, dialect));
          const first = new MemoryStore();
          load(first, {}, dialect);
          const tree = load(first, {}, dialect);
          expect(first.hits).toBe(1);
          const fresh = load(undefined, {}, dialect);
          for (const preset of ["default", "no", "yes", "mod"] as const) {
            const [one, other] = [createConfiguration(tree), createConfiguration(fresh)];
            one.preset(preset);
            other.preset(preset);
            expect(one.writeConfig()).toBe(other.writeConfig());
            expect(one.writeMinimal()).toBe(other.writeMinimal());
            expect(one.writeAutoconf()).toEqual(other.writeAutoconf());
          }
          const [one, other] = [createConfiguration(tree), createConfiguration(fresh)];
          for (const { name } of fresh.symbols) expect(explained(one, name)).toBe(explained(other, name));
          expect(tree.diagnostics).toEqual(fresh.diagnostics);
          const help = (of: KconfigTree): (string | undefined)[] => of.symbols.map(({ menus }) => menus[0]?.help?.());
          expect(help(tree)).toEqual(help(fresh));
        },
      ),
      { numRuns: 40 },
    );
  });

  it("can be linted as one that the files give", () => {
    writeFileSync(join(folder, "Kconfig"), 'source "more"\n');
    writeFileSync(join(folder, "more"), 'config A\n\tbool "a"\n\tdefault y\n\tdefault n\n\tdepends on GONE\n');
    const expected = lintTree(load());
    expect(expected.map(({ code }) => code).sort()).toEqual(["redundant-line", "undefined-reference", "unsatisfiable"]);
    const store = new MemoryStore();
    load(store);
    const stored = load(store);
    expect(store.hits).toBe(1);
    expect(lintTree(stored)).toEqual(expected);
  });

  it("is taken only where files, commands, variables and dialect are the same", () => {
    writeFileSync(join(folder, "Kconfig"), 'config A\n\tstring\n\tdefault "$(shell,x) $(V)"\nsource "more"\n');
    writeFileSync(join(folder, "more"), "config B\n\tbool\n\tdefault y\n\thelp\n\t  Wörter.\n");
    const store = diskTreeStore(join(folder, "store"));
    const values = (tree: KconfigTree): string[] => {
      const configuration = createConfiguration(tree);
      return tree.symbols.map(({ name }) => configuration.value(name));
    };
    expect(values(load(store))).toEqual(["X ", "y"]);
    expect(load(store).symbol("B")?.menus[0]?.help?.()).toBe("Wörter.");
    expect(values(load(store, { V: "v" }))).toEqual(["X v", "y"]);
    writeFileSync(join(folder, "more"), "config B\n\tbool\n\tdefault n\n");
    expect(values(load(store, { V: "v" }))).toEqual(["X v", "n"]);
    expect(values(load(store, { V: "v" }))).toEqual(["X v", "n"]);
    rmSync(join(folder, "more"));
    expect(load(store, { V: "v" }).diagnostics.map(({ code }) => code)).toEqual(["source-not-found"]);
    writeFileSync(join(folder, "more"), "");
    expect(load(store, { V: "v" }).diagnostics).toEqual([]);
    expect(load(store, { V: "v" }, dialects.linux).dialect.name).toBe("linux");
  });

  it("is read from the sources where the file of the store is damaged, and the store where it cannot be written", () => {
    writeFileSync(join(folder, "Kconfig"), 'config A\n\tbool "a"\n\tdefault y\n');
    const expected = files();
    const place = join(folder, "store");
    load(diskTreeStore(place));
    const [name] = readdirSync(place);
    for (const length of [0, 3, 100, 200]) {
      truncateSync(join(place, name!), length);
      expect([createConfiguration(load(diskTreeStore(place))).writeConfig()]).toEqual(expected);
    }
    writeFileSync(join(place, name!), "something else, long enough for a header");
    expect([createConfiguration(load(diskTreeStore(place))).writeConfig()]).toEqual(expected);
    const blocked = diskTreeStore(join(folder, "Kconfig", "no-folder"));
    expect([createConfiguration(load(blocked)).writeConfig()]).toEqual(expected);
  });

  it("is not of what a file became while the tree was read", () => {
    const path = join(folder, "Kconfig");
    writeFileSync(path, 'config A\n\tbool\n\tdefault y\nconfig B\n\tstring\n\tdefault "$(shell,edit)"\n');
    const store = new MemoryStore();
    const shell = (): { stdout: string; stderr: string; status: number } => {
      writeFileSync(path, "config NEW\n\tbool\n");
      return { stdout: "edited", stderr: "", status: 0 };
    };
    const request = { root: path, host: { ...nodeHost(), shell }, dialect: dialects.linux };
    expect(loadTree({ ...request, cache: new TreeCache({ store }) }).symbol("NEW")).toBeUndefined();
    const again = loadTree({ ...request, cache: new TreeCache({ store }) });
    expect([store.hits, again.symbol("A"), again.symbol("NEW")?.name]).toEqual([1, undefined, "NEW"]);
  });

  it("is one of the last few", () => {
    const place = join(folder, "store");
    for (let count = 0; count < 5; count++) {
      writeFileSync(join(folder, "Kconfig"), `config A${count}\n\tbool\n`);
      load(diskTreeStore(place, { limit: 2, scope: String(count) }));
    }
    expect(readdirSync(place)).toHaveLength(2);
  });

  it("is Buildroot's as the files give it", (context) => {
    const root = join(buildroot, "Config.in");
    context.skip(!existsSync(root), "the buildroot submodule is not checked out");
    const store = diskTreeStore(join(folder, "store"));
    const env = { BR2_VERSION_FULL: "1", BASE_DIR: folder, BR2_EXTERNAL_NAMES: "" };
    const loadBuildroot = (): KconfigTree =>
      loadTree({ root, host: nodeHost(), dialect: dialects.buildroot, env, cache: new TreeCache({ store }) });
    const fresh = createConfiguration(loadBuildroot());
    const stored = createConfiguration(loadBuildroot());
    expect(stored.tree).not.toBe(fresh.tree);
    expect(stored.writeConfig()).toBe(fresh.writeConfig());
    for (const { name } of fresh.tree.symbols.filter((_, index) => index % 97 === 0)) {
      expect(explained(stored, name)).toBe(explained(fresh, name));
      if (fresh.tree.symbol(name)?.type !== "bool") continue;
      const changed = (of: typeof fresh): string[] => of.assign(name, "y").changed.map((symbol) => symbol.name);
      expect(changed(stored)).toEqual(changed(fresh));
    }
    expect(stored.writeMinimal()).toBe(fresh.writeMinimal());
  });
});
