import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "tsup";

/** Bundles a program of this folder with the package's sources, since Node 20 runs no TypeScript; results in its file. */
export async function bundle(name: string, outDir: string): Promise<string> {
  await build({
    entry: { [name]: fileURLToPath(new URL(`./${name}.ts`, import.meta.url)) },
    outDir,
    format: "esm",
    target: "node20",
    config: false,
    silent: true,
    outExtension: () => ({ js: ".mjs" }),
  });
  return join(outDir, `${name}.mjs`);
}
