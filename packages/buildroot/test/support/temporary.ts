import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach } from "vitest";

const folders: string[] = [];

/** A folder of its own, gone after the test. */
export async function temporaryFolder(): Promise<string> {
  const { path } = await keptFolder();
  folders.push(path);
  return path;
}

/** A folder of its own for several tests. */
export async function keptFolder(): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const path = await realpath(await mkdtemp(join(tmpdir(), "brd_")));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});
