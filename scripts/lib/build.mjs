// Builds what is stale. nx answers "nothing to do" from its cache; a look at the files' times spares even asking it.
import { existsSync, readdirSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { packagesIn } from "./packages.mjs";
import { root, workspaceEnvironment } from "./run.mjs";

function newest(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

function isStale(folder) {
  const built = join(folder, "dist/index.js");
  if (!existsSync(built)) return true;
  const sources = ["src", "package.json", "tsup.config.ts", "tsconfig.build.json"].map((name) =>
    newest(join(folder, name)),
  );
  return Math.max(...sources) > statSync(built).mtimeMs;
}

/**
 * Brings every package's dist up to date, silently when it already is.
 * @returns {{ ok: boolean, output: string }}
 */
export function buildPackages() {
  const folders = packagesIn("packages").map(({ folder }) => folder);
  const tree = newest(join(root, "buildroot-ipa"));
  const copied = statSync(join(root, "packages/preset-ipa/dist/index.js"), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const stale = folders.some(isStale);
  if (!stale && tree <= copied) return { ok: true, output: "" };
  const result = spawnSync("nx", ["run-many", "-t", "build", "--projects=packages/*", "--outputStyle=stream"], {
    cwd: root,
    env: workspaceEnvironment,
    encoding: "utf8",
  });
  if (result.status === 0) {
    // a build restored from nx's cache keeps its old times, and would look stale for ever
    const now = new Date();
    for (const folder of folders) utimesSync(join(folder, "dist/index.js"), now, now);
  }
  return { ok: result.status === 0, output: `${result.stdout}${result.stderr}` };
}
