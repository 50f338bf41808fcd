import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdir, readdir, readFile, rename, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { type FileOperations, localFiles } from "../../src/saving/files.js";
import { settle } from "../../src/saving/journal.js";
import { type Replacement, replaceFiles } from "../../src/saving/replace-files.js";
import { compileSources } from "../support/compile.js";
import { temporaryFolder } from "../support/temporary.js";

const names = ["a/defconfig", "b/linux.config", "b/busybox.config"] as const;

/** Two files that are there and one that is not, each to get a new text. */
async function prepare(): Promise<{ folder: string; journal: string; backup: string; replacements: Replacement[] }> {
  const folder = await temporaryFolder();
  for (const name of ["a", "b", "own"]) await mkdir(join(folder, name));
  await writeFile(join(folder, names[0]), "former defconfig\n");
  await writeFile(join(folder, names[1]), "former linux\n", { mode: 0o640 });
  const replacements = names.map((name) => ({ path: join(folder, name), text: `new ${name}\n` }));
  return { folder, journal: join(folder, "own/save.json"), backup: join(folder, "own/saved/1"), replacements };
}

/** "former", "new", or what else is there. */
async function stateOf(folder: string): Promise<string> {
  const texts = await Promise.all(names.map((name) => localFiles.read(join(folder, name))));
  if (texts.join("|") === "former defconfig\n|former linux\n|") return "former";
  return texts.every((text, index) => text === `new ${names[index]}\n`) ? "new" : texts.join("|");
}

async function leftovers(folder: string): Promise<string[]> {
  const found = await Promise.all(["a", "b"].map((name) => readdir(join(folder, name))));
  return found.flat().filter((name) => name.startsWith("."));
}

/** Without waiting for the disk, for tests that do it hundreds of times. */
const fastFiles: FileOperations = {
  ...localFiles,
  write: (path, text, mode) => writeFile(path, text, { mode }),
  rename,
};

/** How many operations a replacement takes. */
async function operationsNeeded(): Promise<number> {
  const { journal, backup, replacements } = await prepare();
  let needed = 0;
  const files = counted(
    (count) => {
      needed = count;
    },
    () => undefined,
  );
  await replaceFiles(replacements, { journal, backup, files });
  return needed;
}

/** Operations that call `before` and `after` with their number, from 1, and what they are. */
function counted(before: (count: number) => void, after: (count: number) => void): FileOperations {
  let count = 0;
  const wrap =
    <A extends unknown[], R>(operation: (...given: A) => Promise<R>) =>
    async (...given: A): Promise<R> => {
      const own = ++count;
      before(own);
      const result = await operation(...given);
      after(own);
      return result;
    };
  return {
    read: wrap(fastFiles.read),
    write: wrap(fastFiles.write),
    rename: wrap(fastFiles.rename),
    remove: wrap(fastFiles.remove),
    makeFolder: wrap(fastFiles.makeFolder),
    follow: wrap(fastFiles.follow),
  };
}

/** Throws at one operation and at all that follow: the process is gone. */
function killedAt(at: number, when: "before" | "after"): FileOperations {
  let dead = false;
  const die = (count: number): void => {
    dead ||= count >= at;
    if (dead) throw new Error("killed");
  };
  return counted(
    (count) => {
      if (when === "before" || dead) die(count);
    },
    (count) => {
      if (when === "after") die(count);
    },
  );
}

describe("replaceFiles", () => {
  it("replaces all, keeps modes and what was there before, and leaves nothing beside", async () => {
    const { folder, journal, backup, replacements } = await prepare();
    const backups = await replaceFiles(replacements, { journal, backup });
    expect(await stateOf(folder)).toBe("new");
    expect(await leftovers(folder)).toEqual([]);
    expect(existsSync(journal)).toBe(false);
    expect((await stat(join(folder, names[1]))).mode & 0o777).toBe(0o640);
    expect(backups).toEqual([join(backup, "defconfig"), join(backup, "linux.config"), undefined]);
    expect(await readFile(backups[1]!, "utf8")).toBe("former linux\n");
  });

  it("follows a link, and keeps it", async () => {
    const { folder, journal, backup } = await prepare();
    await symlink("a/defconfig", join(folder, "link"));
    await replaceFiles([{ path: join(folder, "link"), text: "through\n" }], { journal, backup });
    expect(await readFile(join(folder, names[0]), "utf8")).toBe("through\n");
  });

  it("leaves everything as it was, whichever operation fails", async () => {
    const needed = await operationsNeeded();
    let failures = 0;
    for (let at = 1; at <= needed; at++) {
      const { folder, journal, backup, replacements } = await prepare();
      const files = counted(
        (count) => {
          if (count === at) throw Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
        },
        () => undefined,
      );
      const failed = await replaceFiles(replacements, { journal, backup, files }).then(
        () => false,
        () => true,
      );
      expect([at, await stateOf(folder)]).toEqual([at, failed ? "former" : "new"]);
      failures += failed ? 1 : 0;
      await settle(journal);
      expect([at, await leftovers(folder)]).toEqual([at, []]);
    }
    expect(failures).toBeGreaterThan(15);
  });

  it("is all or nothing wherever the process ends, and wherever the recovery ends", { timeout: 60_000 }, async () => {
    const needed = await operationsNeeded();
    const seen = new Map<string, number>();
    for (const when of ["before", "after"] as const) {
      for (let at = 1; at <= needed; at++) {
        for (const second of [0, 1, 4, 6, 9]) {
          const { folder, journal, backup, replacements } = await prepare();
          await replaceFiles(replacements, { journal, backup, files: killedAt(at, when) }).catch(() => undefined);
          if (second > 0) await settle(journal, killedAt(second, when)).catch(() => undefined);
          await settle(journal);
          const state = await stateOf(folder);
          expect([when, at, second, state === "former" || state === "new"]).toEqual([when, at, second, true]);
          expect([at, second, await leftovers(folder)]).toEqual([at, second, []]);
          seen.set(state, (seen.get(state) ?? 0) + 1);
        }
      }
    }
    expect([...seen.keys()].sort()).toEqual(["former", "new"]);
  });

  it("puts the former files back after a kill -9 between two renames", async () => {
    const { folder, journal, backup, replacements } = await prepare();
    const code = await temporaryFolder();
    await compileSources(code, ["saving/files", "saving/journal", "saving/replace-files"]);
    const url = (name: string): string => JSON.stringify(pathToFileURL(join(code, `saving/${name}.js`)).href);
    await writeFile(
      join(code, "main.js"),
      `import { localFiles } from ${url("files")};
import { replaceFiles } from ${url("replace-files")};
let renames = 0;
const rename = async (...given) => {
  await localFiles.rename(...given);
  // The first is the journal's.
  if (++renames === 3) process.kill(process.pid, "SIGKILL");
};
await replaceFiles(${JSON.stringify(replacements)}, {
  journal: ${JSON.stringify(journal)}, backup: ${JSON.stringify(backup)}, files: { ...localFiles, rename },
});
`,
    );
    expect(spawnSync(process.execPath, [join(code, "main.js")]).signal).toBe("SIGKILL");
    expect(await stateOf(folder)).toBe(`new ${names[0]}\n|new ${names[1]}\n|`);
    expect(await settle(journal)).toBe("restored");
    expect(await stateOf(folder)).toBe("former");
    expect(await leftovers(folder)).toEqual([]);
  });

  it("leaves a file alone that somebody has changed since", async () => {
    const { folder, journal, backup, replacements } = await prepare();
    let renames = 0;
    const dying: FileOperations["rename"] = async (...given) => {
      if (++renames > 3) throw new Error("killed");
      await localFiles.rename(...given);
    };
    const remove: FileOperations["remove"] = () => Promise.reject(new Error("killed"));
    await replaceFiles(replacements, { journal, backup, files: { ...localFiles, rename: dying, remove } }).catch(
      () => undefined,
    );
    await writeFile(join(folder, names[0]), "mine\n");
    expect(await settle(journal)).toBe("restored");
    expect(await readFile(join(folder, names[0]), "utf8")).toBe("mine\n");
    expect(await readFile(join(folder, names[1]), "utf8")).toBe("former linux\n");
  });

  it.for(["full", "read-only"] as const)("touches nothing where one of the disks is %s", async (kind, ctx) => {
    const { folder, journal, backup, replacements } = await prepare();
    const disk = join(folder, "disk");
    await mkdir(disk);
    const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=16k", "none", disk]);
    ctx.skip(mounted.status !== 0, "a file system cannot be mounted here");
    try {
      await writeFile(join(disk, "defconfig"), "former\n");
      if (kind === "read-only") execFileSync("mount", ["-o", "remount,ro", disk]);
      const all = [...replacements, { path: join(disk, "defconfig"), text: "x".repeat(40_000) }];
      await expect(replaceFiles(all, { journal, backup })).rejects.toThrow(kind === "full" ? "ENOSPC" : "EROFS");
      expect(await stateOf(folder)).toBe("former");
      expect(await leftovers(folder)).toEqual([]);
      expect(await readFile(join(disk, "defconfig"), "utf8")).toBe("former\n");
      expect(await readdir(disk)).toEqual(["defconfig"]);
      expect(existsSync(journal)).toBe(false);
    } finally {
      execFileSync("umount", [disk]);
    }
  });

  it("touches nothing where one folder may not be written", async (ctx) => {
    ctx.skip(process.getuid?.() === 0, "root may write everywhere");
    const { folder, journal, backup, replacements } = await prepare();
    await chmod(join(folder, "b"), 0o555);
    onTestFinished(() => chmod(join(folder, "b"), 0o755));
    await expect(replaceFiles(replacements, { journal, backup })).rejects.toThrow("EACCES");
    expect(await stateOf(folder)).toBe("former");
  });
});
