// Copies the repository's buildroot-ipa/ into tree/, which is what the published package carries.
import { chmodSync, copyFileSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const source = fileURLToPath(new URL("../../../buildroot-ipa", import.meta.url));
const target = fileURLToPath(new URL("../tree", import.meta.url));

rmSync(target, { recursive: true, force: true });

const entries = readdirSync(source, { recursive: true, withFileTypes: true });
for (const entry of entries.filter((entry) => !entry.isDirectory())) {
  const from = join(entry.parentPath, entry.name);
  // a symbolic link does not survive npm's tarball
  if (!entry.isFile()) throw new Error(`${from} is not a regular file; the external tree may hold only those`);
  if (entry.name === ".gitkeep") continue;
  const to = join(target, relative(source, from));
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
  chmodSync(to, statSync(from).mode & 0o111 ? 0o755 : 0o644);
}
