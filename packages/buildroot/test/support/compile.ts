import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

/** Compiles source files of this package into a folder, for a process of plain Node. */
export async function compileSources(folder: string, names: readonly string[]): Promise<void> {
  await writeFile(join(folder, "package.json"), '{"type":"module"}');
  for (const name of names) {
    const text = await readFile(fileURLToPath(new URL(`../../src/${name}.ts`, import.meta.url)), "utf8");
    const { outputText } = ts.transpileModule(text, {
      compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023, verbatimModuleSyntax: true },
    });
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, `${name}.js`), outputText);
  }
}
