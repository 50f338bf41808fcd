// Installs the workspace's npm dependencies when the lock file or a manifest changed since the last time.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fail, root, run } from "./run.mjs";

const stamp = join(root, "node_modules/.ipa-br-installed");

function manifests() {
  const folders = ["packages", "examples"].flatMap((folder) =>
    readdirSync(join(root, folder), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(folder, entry.name)),
  );
  return [
    "package.json",
    "pnpm-lock.yaml",
    "pnpm-workspace.yaml",
    "tests/package.json",
    "tests/node24/package.json",
    ...folders.map((folder) => join(folder, "package.json")),
  ]
    .map((file) => join(root, file))
    .filter((file) => existsSync(file));
}

function fingerprint() {
  const hash = createHash("sha256");
  for (const file of manifests().sort()) hash.update(file.slice(root.length)).update(readFileSync(file));
  return hash.digest("hex");
}

/** @returns {Promise<void>} once node_modules is what the lock file says */
export async function ensureDependencies() {
  const wanted = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  const { packageManager } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  process.stderr.write(`Installing the workspace's dependencies with ${packageManager}\n`);
  const code = await run("npx", ["--yes", packageManager, "install", "--frozen-lockfile", "--prefer-offline"], {
    stdio: ["ignore", 2, 2],
  });
  if (code !== 0) {
    fail(
      `${packageManager} install failed (exit code ${code})`,
      "check the npm registry's address (`npm config get registry`) and the network, then the same command again",
    );
  }
  mkdirSync(join(root, "node_modules"), { recursive: true });
  writeFileSync(stamp, wanted);
}
