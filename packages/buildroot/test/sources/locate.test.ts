import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { locateBuildroot } from "../../src/index.js";
import { rejection } from "../support/errors.js";
import { temporaryFolder } from "../support/temporary.js";

async function tree(path: string, version: string): Promise<string> {
  await mkdir(path, { recursive: true });
  await writeFile(join(path, "Makefile"), `# Makefile\nexport BR2_VERSION := ${version}\n`);
  return path;
}

it("takes the named tree, then BR2_UPSTREAM, then the submodule", async () => {
  const folder = await temporaryFolder();
  const named = await tree(join(folder, "named"), "2026.05");
  const upstream = await tree(join(folder, "upstream"), "2026.02.2");
  const clone = join(folder, "clone");
  const submodule = await tree(join(clone, "buildroot"), "2026.02.3");
  const env = { BR2_UPSTREAM: upstream };
  expect(await locateBuildroot({ explicit: named, env, clone })).toEqual({
    path: named,
    version: "2026.05",
    source: "option",
  });
  expect(await locateBuildroot({ env, clone })).toMatchObject({ path: upstream, source: "environment" });
  expect(await locateBuildroot({ env: { BR2_UPSTREAM: "" }, clone })).toMatchObject({
    path: submodule,
    source: "submodule",
  });
});

it("does not fall back when what was named is no tree", async () => {
  const folder = await temporaryFolder();
  const clone = join(folder, "clone");
  await tree(join(clone, "buildroot"), "2026.02.3");
  for (const options of [
    { explicit: join(folder, "missing"), env: {} },
    { explicit: folder, env: {} },
    { env: { BR2_UPSTREAM: folder } },
  ]) {
    expect((await rejection(locateBuildroot({ ...options, clone }))).code).toBe("BUILDROOT_INVALID");
  }
});

it("names all the ways when there is none", async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, "buildroot"));
  const release = { version: "2026.02.3", commit: "a".repeat(40), repository: "https://example.org/b.git" };
  const error = await rejection(locateBuildroot({ env: {}, clone: folder, release, cacheDir: join(folder, "cache") }));
  expect(error.code).toBe("BUILDROOT_NOT_FOUND");
  expect(error.message).toContain(`the submodule ${folder}/buildroot is not populated`);
  expect(error.message).toContain("2026.02.3 is not in the cache");
  for (const way of ["--buildroot", "BR2_UPSTREAM", "git submodule update --init", "fetched"])
    expect(error.hint).toContain(way);
});
