import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "tsup";

/** Bundles a program with the package's sources, since Node 20 runs no TypeScript; results in its file. */
export async function bundle(program: URL, outDir: string): Promise<string> {
  const file = fileURLToPath(program);
  const name = basename(file, ".ts");
  await build({
    entry: { [name]: file },
    outDir,
    format: "esm",
    target: "node20",
    config: false,
    silent: true,
    outExtension: () => ({ js: ".mjs" }),
  });
  return join(outDir, `${name}.mjs`);
}
