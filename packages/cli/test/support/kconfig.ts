import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { main } from "../../src/main.js";
import { temporaryFolder } from "./folder.js";
import { testIo } from "./io.js";

export type Files = Readonly<Record<string, string>>;
export type Outcome = { readonly code: number; readonly out: string; readonly err: string };

export function folderOf(files: Files): string {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

export async function kconfig(cwd: string, args: readonly string[], env: Files = {}): Promise<Outcome> {
  const io = testIo({ cwd, env: { PATH: process.env["PATH"], HOME: cwd, ...env } });
  const code = await main(["kconfig", ...args], io, "1");
  return { code, out: io.out(), err: io.err() };
}
