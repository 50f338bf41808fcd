import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, rename, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { TestContext } from "vitest";
import { agentVersion, debianPackages, drivers, kernelPackage, leftOut, ownFiles } from "./agent-recipe.js";
import { archiveFolder, plainFile } from "./newc.js";

const run = promisify(execFile);
const here = fileURLToPath(new URL(".", import.meta.url));

/** Under the repository's ignored folder: made once for each recipe, used by every run. */
const cache = fileURLToPath(new URL("../../../../.cache/agent-image/", import.meta.url));

/** A folder with bzImage, rootfs.cpio with the real agent, busybox and modules; or why it cannot be had. */
export type AgentImage = { readonly folder: string } | { readonly unavailable: string };

let known: Promise<AgentImage> | undefined;

/** The images with the real agent, made out of Debian's packages and PyPI's; skips the test, with the reason, where they cannot. */
export async function agentImage(context: TestContext): Promise<string> {
  known ??= findImage();
  const found = await known;
  return "folder" in found ? found.folder : context.skip(found.unavailable);
}

async function findImage(): Promise<AgentImage> {
  const folder = join(cache, key());
  if (existsSync(folder)) return { folder };
  if (process.platform !== "linux" || process.arch !== "x64")
    return { unavailable: "the image is made on Linux, amd64" };
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(join(cache, "new-"));
  try {
    await make(work);
    // One rename of the whole: another run may have been quicker, either is as good.
    await rename(join(work, "done"), folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error;
    });
    return { folder };
  } catch (error) {
    return { unavailable: `no image with the agent can be made: ${lastLine(error)}` };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Tells one recipe from another. */
function key(): string {
  const hash = createHash("sha256");
  for (const file of ["agent-image.ts", "agent-recipe.ts", "newc.ts"]) hash.update(readFileSync(join(here, file)));
  return hash.digest("hex").slice(0, 16);
}

async function make(work: string): Promise<void> {
  const [root, done, modules] = [join(work, "root"), join(work, "done"), join(work, "done/modules")];
  for (const name of ["usr/bin", "usr/sbin", "usr/lib", "usr/lib64"])
    await mkdir(join(root, name), { recursive: true });
  for (const name of ["bin", "sbin", "lib", "lib64"]) await symlink(`usr/${name}`, join(root, name));
  await mkdir(done);
  await unpackDebian(work, root);
  await installAgent(work, root);
  await unpackKernel(work, modules, join(done, "bzImage"));
  const entries = drivers.map((name) => {
    return { name: `modules/${name}.ko`, mode: plainFile, data: readFileSync(join(modules, `${name}.ko`)) };
  });
  archiveFolder(root, [...ownFiles, ...entries], join(done, "rootfs.cpio"));
  await copyFile(join(root, "usr/bin/busybox"), join(done, "busybox"));
}

/** The packages with all that they depend on, as apt finds it for a system with nothing on it. */
async function unpackDebian(work: string, root: string): Promise<void> {
  const [status, archives] = [join(work, "status"), join(work, "archives")];
  await mkdir(join(archives, "partial"), { recursive: true });
  await writeFile(status, "");
  const settings = [`Dir::State::status=${status}`, `Dir::Cache::archives=${archives}`, "Debug::NoLocking=1"];
  const options = [...settings, "APT::Install-Recommends=false", "APT::Sandbox::User="].flatMap((one) => ["-o", one]);
  await run("apt-get", ["-q", "-y", ...options, "--download-only", "install", ...debianPackages]);
  for (const name of readdirSync(archives).filter((file) => file.endsWith(".deb") && !leftOut.test(file))) {
    const exclude = ["doc", "man", "locale", "info"].map((part) => `--exclude=./usr/share/${part}`);
    await pipe(
      ["dpkg-deb", "--fsys-tarfile", join(archives, name)],
      ["tar", "-x", "--keep-directory-symlink", ...exclude, "-C", root],
    );
  }
}

/** The agent and what it requires, for the Python that Debian has, whatever the host has. */
async function installAgent(work: string, root: string): Promise<void> {
  const python = readlinkSync(join(root, "usr/bin/python3"));
  const version = python.replace("python", "");
  const target = join(root, "usr/local/lib", python, "dist-packages");
  const kind = ["--only-binary=:all:", "--implementation=cp", `--python-version=${version}`];
  const platforms = ["manylinux2014_x86_64", "manylinux_2_28_x86_64"].map((name) => `--platform=${name}`);
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--root-user-action=ignore"];
  const venv = join(work, "venv");
  await run("python3", ["-m", "venv", venv]);
  await run(join(venv, "bin/python"), [
    ...pip,
    "--target",
    target,
    ...kind,
    ...platforms,
    `ironic-python-agent==${agentVersion}`,
  ]);
  // Quicker to start, where the host has the same Python; as good without.
  const compile = ["-m", "compileall", "-q", "-s", root, "-p", "/", join(root, "usr/lib", python)];
  await run(python, compile, { maxBuffer: 2 ** 26 }).catch(() => {});
}

async function unpackKernel(work: string, modules: string, kernel: string): Promise<void> {
  const { stdout } = await run("apt-cache", ["depends", "--important", kernelPackage]);
  const name = /Depends: (linux-image-\S+)/.exec(stdout)?.[1];
  if (name === undefined) throw new Error(`apt knows no ${kernelPackage}`);
  const folder = join(work, "kernel");
  await mkdir(folder);
  await mkdir(modules, { recursive: true });
  await run("apt-get", ["download", name], { cwd: folder });
  const [file = ""] = readdirSync(folder);
  await pipe(["dpkg-deb", "--fsys-tarfile", join(folder, file)], ["tar", "-x", "-C", folder]);
  for (const path of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const driver = drivers.find((one) => path.endsWith(`/${one}.ko`));
    if (driver !== undefined) await copyFile(join(folder, path), join(modules, `${driver}.ko`));
    if (path.startsWith("boot/vmlinuz-")) await copyFile(join(folder, path), kernel);
  }
}

/** One program's output into another. */
async function pipe(from: readonly string[], to: readonly string[]): Promise<void> {
  const quote = (words: readonly string[]) => words.map((word) => `'${word}'`).join(" ");
  await run("sh", ["-c", `${quote(from)} | ${quote(to)}`]);
}

function lastLine(error: unknown): string {
  const said = error instanceof Error && "stderr" in error ? String(error.stderr) : "";
  return (said.trim() || String(error)).split("\n").at(-1) ?? "";
}
