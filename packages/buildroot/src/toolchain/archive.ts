import { join } from "node:path";
import { type ArchiveFile, openApt, type PrivateApt } from "../apt/private-apt.js";
import type { AptEntry } from "../apt/source-entries.js";
import type { Environment } from "../types.js";
import type { Recipe } from "./recipe.js";

export interface OpenArchiveOptions {
  readonly recipe: Recipe;
  readonly entries: readonly AptEntry[];
  readonly cacheDir: string;
  readonly env: Environment;
  readonly signal: AbortSignal | undefined;
}

/** The package archive as a recipe asks it: an apt for every architecture, as if it were one. */
export interface ToolchainArchive {
  /** True if all lists were brought up to date, so that to ask again would change nothing. */
  update(maxAgeMs: number): Promise<boolean>;
  /** The newest files of the recipe's packages. */
  resolve(): Promise<readonly ArchiveFile[]>;
  /** Downloads files into a folder, each under its name. */
  download(files: readonly ArchiveFile[], folder: string): Promise<void>;
}

/** Throws APT_FAILED where there is no apt. */
export async function openArchive(options: OpenArchiveOptions): Promise<ToolchainArchive> {
  const { recipe, entries, cacheDir, env, signal } = options;
  const parts: { readonly apt: PrivateApt; readonly packages: readonly string[] }[] = [];
  for (const { architecture, packages } of recipe.archives) {
    const folder = join(cacheDir, `apt-${recipe.name}-${architecture}`);
    parts.push({ apt: await openApt({ folder, entries, architecture, env, signal }), packages });
  }
  return {
    async update(maxAgeMs) {
      let fresh = true;
      for (const { apt } of parts) fresh = (await apt.update(maxAgeMs)) && fresh;
      return fresh;
    },
    async resolve() {
      const files: ArchiveFile[] = [];
      for (const { apt, packages } of parts) files.push(...(await apt.resolve(packages)));
      return files;
    },
    async download(files, folder) {
      // By address and hash: any of them can.
      await parts[0]?.apt.download(files.map((file) => ({ ...file, path: join(folder, file.name) })));
    },
  };
}
