import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Under the repository's ignored folder: fetched once, used by every run. */
export const cache: string = fileURLToPath(new URL("../../../../.cache/test-guests/", import.meta.url));

/** A folder in the cache, or why there is none on this host. */
export type Fetched = { readonly folder: string } | { readonly unavailable: string };

/** Runs apt's programs, for packages of any architecture. */
export interface Apt {
  /** The packages that a package depends on, by name. */
  depends(name: string, ...options: string[]): Promise<readonly string[]>;
  /** Downloads packages and unpacks them side by side into a folder; nothing is installed. */
  unpack(names: readonly string[], folder: string): Promise<void>;
}

/**
 * The folder of that name in the cache, made where it is missing. It gets its name when it is complete, so that test
 * files that run side by side never see half of it.
 */
export async function fetched(name: string, fill: (folder: string) => Promise<void>): Promise<Fetched> {
  const folder = join(cache, name);
  if (existsSync(folder)) return { folder };
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(join(cache, "work-"));
  try {
    await fill(work);
    await rename(work, folder).catch((error: NodeJS.ErrnoException) => {
      if (!existsSync(folder)) throw error;
    });
    return { folder };
  } catch (error) {
    const why = String(error instanceof Error ? error.message : error).split("\n")[0];
    return { unavailable: `not to be had from apt: ${why}` };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** This host's apt, or one of its own for another architecture. */
export async function openApt(architecture: "amd64" | "arm64"): Promise<Apt> {
  const env = architecture === "amd64" ? undefined : await foreignApt(architecture);
  const options = env === undefined ? {} : { env: { ...process.env, ...env } };
  return {
    async depends(name, ...more) {
      const { stdout } = await run("apt-cache", ["depends", ...more, name], options);
      return [...stdout.matchAll(/^\s*(?:Pre)?Depends: (\S+)/gm)].map((match) => match[1] ?? "");
    },
    async unpack(names, folder) {
      const work = await mkdtemp(join(folder, "debs-"));
      await run("apt-get", ["download", ...names], { ...options, cwd: work });
      await run("sh", ["-c", 'for deb in *.deb; do dpkg-deb --extract "$deb" "$1" || exit; done', "sh", folder], {
        cwd: work,
      });
      await rm(work, { recursive: true });
    },
  };
}

/** A private configuration, so that the host's own lists of packages stay as they are. */
async function foreignApt(architecture: string): Promise<Record<string, string>> {
  const made = await fetched(`apt-${architecture}`, async (folder) => {
    const source = await mainSource();
    for (const name of ["state/lists/partial", "cache/archives/partial"]) {
      await mkdir(join(folder, name), { recursive: true });
    }
    await writeFile(join(folder, "state/status"), "");
    await writeFile(join(folder, "sources.list"), `${source}\n`);
    await run("apt-get", ["update", "-q"], { env: { ...process.env, ...(await configured(folder, architecture)) } });
  });
  if ("unavailable" in made) throw new Error(made.unavailable);
  return configured(made.folder, architecture);
}

const keys = "/usr/share/keyrings/debian-archive-keyring.gpg";

/** The line of a list of sources for the archive that this host's own apt asks. */
async function mainSource(): Promise<string> {
  const format = "$(REPO_URI) $(CODENAME) $(COMPONENT)";
  const { stdout } = await run("apt-get", [
    "indextargets",
    "--format",
    format,
    "Created-By: Packages",
    "Origin: Debian",
  ]);
  // The release itself, not its updates: `bookworm`, not `bookworm-security`.
  const main = stdout.split("\n").find((line) => /^\S+ [a-z]+ main$/.test(line));
  if (main === undefined) throw new Error("this host's apt asks no archive of Debian's (apt-get update)");
  const [uri, codename] = main.split(" ");
  return `deb ${existsSync(keys) ? `[signed-by=${keys}] ` : ""}${uri} ${codename} main`;
}

/** The configuration names absolute paths, and the folder is renamed: it is written where it is used. */
async function configured(folder: string, architecture: string): Promise<Record<string, string>> {
  const file = join(folder, `apt-${process.pid}.conf`);
  const lines = [
    `APT::Architecture "${architecture}";`,
    `APT::Architectures { "${architecture}"; };`,
    `Dir::State "${folder}/state";`,
    `Dir::State::status "${folder}/state/status";`,
    `Dir::Cache "${folder}/cache";`,
    `Dir::Etc::sourcelist "${folder}/sources.list";`,
    `Dir::Etc::sourceparts "-";`,
  ];
  await writeFile(file, lines.join("\n"));
  return { APT_CONFIG: file, LC_ALL: "C" };
}

/** The names that an ELF kernel module says it depends on (modinfo's `depends`). */
export async function moduleDependencies(file: string): Promise<readonly string[]> {
  const depends = /(?:^|\0)depends=([^\0]*)\0/.exec((await readFile(file)).toString("latin1"))?.[1] ?? "";
  return depends.split(",").filter((name) => name !== "");
}
