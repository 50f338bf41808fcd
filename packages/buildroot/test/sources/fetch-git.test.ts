import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fetchRelease, locateBuildroot, type BuildrootEvent, type GitRelease } from "../../src/index.js";
import { rejection } from "../support/errors.js";
import { env } from "../support/programs.js";
import { temporaryFolder } from "../support/temporary.js";

const identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"];

async function repository(folder: string): Promise<{ release: GitRelease; git: (...args: string[]) => string }> {
  const path = join(folder, "upstream");
  await mkdir(path);
  const git = (...args: string[]): string =>
    execFileSync("git", ["-C", path, ...identity, ...args], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    }).trim();
  git("init", "-q");
  for (const version of ["2026.02.2", "2026.02.3", "2026.05"]) {
    await writeFile(join(path, "Makefile"), `export BR2_VERSION := ${version}\n`);
    git("add", ".");
    git("commit", "-qm", version);
    git("tag", version);
  }
  const commit = git("rev-parse", "2026.02.3");
  return { release: { version: "2026.02.3", commit, repository: `file://${path}` }, git };
}

describe("fetchRelease from git", () => {
  it("fetches the pinned commit alone, and finds it again", async () => {
    const folder = await temporaryFolder();
    const { release } = await repository(folder);
    const cacheDir = join(folder, "cache");
    const phases: string[] = [];
    const onEvent = (event: BuildrootEvent): void => {
      // So small a repository comes without any progress.
      if (event.type === "fetch" && event.phase !== "download") phases.push(event.phase);
    };
    const fetched = await fetchRelease({ release, cacheDir, env, onEvent });
    expect(fetched).toMatchObject({ version: "2026.02.3", fetched: true });
    expect(phases).toEqual(["start", "verify", "done"]);
    const log = execFileSync("git", ["-C", fetched.path, "log", "--format=%H"], { encoding: "utf8" });
    expect(log.trim()).toBe(release.commit);
    expect(await readdir(cacheDir)).toEqual([`buildroot-2026.02.3-${release.commit.slice(0, 12)}`]);
    expect(await fetchRelease({ release, cacheDir, env })).toEqual({ ...fetched, fetched: false });
    expect(await locateBuildroot({ env: {}, release, cacheDir })).toEqual({
      path: fetched.path,
      version: "2026.02.3",
      source: "cache",
    });
  });

  it("lets two at once share one fetch", async () => {
    const folder = await temporaryFolder();
    const { release } = await repository(folder);
    const options = { release, cacheDir: join(folder, "cache"), env };
    const results = await Promise.all([fetchRelease(options), fetchRelease(options), fetchRelease(options)]);
    expect(results.filter(({ fetched }) => fetched)).toHaveLength(1);
    expect(new Set(results.map(({ path }) => path)).size).toBe(1);
  });

  it("refuses a commit that is another version, and a changed copy", async () => {
    const folder = await temporaryFolder();
    const { release, git } = await repository(folder);
    const cacheDir = join(folder, "cache");
    const other = { ...release, commit: git("rev-parse", "2026.05") };
    const error = await rejection(fetchRelease({ release: other, cacheDir, env }));
    expect(error.code).toBe("FETCH_MISMATCH");
    expect(error.message).toContain("is Buildroot 2026.05, not 2026.02.3");
    expect(await readdir(cacheDir)).toEqual([]);

    const { path } = await fetchRelease({ release, cacheDir, env });
    await writeFile(join(path, "Makefile"), "export BR2_VERSION := 2026.02.3\nall: ; echo changed\n");
    const changed = await rejection(fetchRelease({ release, cacheDir, env }));
    expect(changed.code).toBe("FETCH_MISMATCH");
    expect(changed.message).toContain("M Makefile");
  });

  it("says what is wrong with the repository and how else to come by a tree", async () => {
    const folder = await temporaryFolder();
    const { release } = await repository(folder);
    const cacheDir = join(folder, "cache");
    const nowhere = { ...release, repository: `file://${folder}/nowhere` };
    const error = await rejection(fetchRelease({ release: nowhere, cacheDir, env }));
    expect(error.code).toBe("FETCH_FAILED");
    for (const way of ["--buildroot", "BR2_UPSTREAM", "git submodule update --init"]) expect(error.hint).toContain(way);
    const missing = { ...release, commit: "0123456789012345678901234567890123456789" };
    expect((await rejection(fetchRelease({ release: missing, cacheDir, env }))).code).toBe("FETCH_MISMATCH");
    expect(await readdir(cacheDir)).toEqual([]);
    const short = { ...release, commit: "0123456" };
    expect((await rejection(fetchRelease({ release: short, cacheDir, env }))).code).toBe("RELEASE_INVALID");
  });

  it("can be ended, leaves nothing half-done and removes what a killed one left", async () => {
    const folder = await temporaryFolder();
    const { release } = await repository(folder);
    const cacheDir = join(folder, "cache");
    // A git that never ends.
    await mkdir(join(folder, "bin"));
    await writeFile(join(folder, "bin/git"), "#!/bin/sh\nsleep 331 & wait\n", { mode: 0o755 });
    const hanging = { ...env, PATH: `${folder}/bin:${env["PATH"]}` };
    const error = await rejection(fetchRelease({ release, cacheDir, env: hanging, signal: AbortSignal.timeout(200) }));
    expect(error.code).toBe("ABORTED");
    expect(await readdir(cacheDir)).toEqual([]);

    const partial = join(cacheDir, `buildroot-2026.02.3-${release.commit.slice(0, 12)}.partial`);
    await mkdir(partial);
    await writeFile(join(partial, "rubbish"), "");
    const { path } = await fetchRelease({ release, cacheDir, env });
    expect(existsSync(join(path, "rubbish"))).toBe(false);
  });
});
