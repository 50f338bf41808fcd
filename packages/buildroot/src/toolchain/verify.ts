import { existsSync } from "node:fs";
import { readdir, realpath } from "node:fs/promises";
import { join } from "node:path";
import { BuildrootError } from "../errors.js";
import type { TestCompiler } from "./compile.js";

/**
 * Proves a toolchain: no link leads nowhere, C and C++ programs compile and link, and everything that they were made from
 * lies in the toolchain. Throws TOOLCHAIN_UNUSABLE.
 */
export async function verifyToolchain(folder: string, compiler: TestCompiler): Promise<void> {
  const dangling = await danglingLinks(folder);
  if (dangling.length > 0) throw unusable(`links lead nowhere (${dangling.slice(0, 3).join(", ")})`, { dangling });
  await proveClean(folder, compiler, "c", '#include <stdio.h>\nint main(void) { return puts("c") < 0; }\n');
  await proveClean(folder, compiler, "c++", "#include <iostream>\nint main() { std::cout << 1; return 0; }\n");
}

async function proveClean(
  folder: string,
  compiler: TestCompiler,
  language: "c" | "c++",
  source: string,
): Promise<void> {
  const title = language === "c" ? "C" : "C++";
  const { ok, output } = await compiler.compile(source, language, ["-v", "-H", "-Wl,--trace"]);
  if (!ok) {
    const cause = output.split("\n").filter((line) => /error|cannot|not found|No such/i.test(line));
    throw unusable(`a ${title} program does not compile (${cause.at(-1)?.trim() ?? "the compiler failed"})`, { cause });
  }
  const own = await realpath(folder);
  const leaks: string[] = [];
  for (const path of new Set(pathsRead(output))) {
    const real = await realpath(path).catch(() => path);
    if (!real.startsWith(`${own}/`)) leaks.push(path);
  }
  if (leaks.length > 0) throw unusable(`a ${title} program is made from the host's files (${leaks[0]})`, { leaks });
}

/**
 * What the compiler and the linker say they read, out of `-v -H -Wl,--trace`: folders that are searched for headers (those
 * that do not exist are announced as such), headers, objects and libraries. Programs are not among them, those are the host's.
 */
export function pathsRead(output: string): string[] {
  const paths: string[] = [];
  let searching = false;
  for (const line of output.split("\n")) {
    if (line.endsWith("search starts here:")) searching = true;
    else if (line.startsWith("End of search list")) searching = false;
    else if (searching) paths.push(line.trim());
    else {
      const header = /^\.+ (\/\S+)$/.exec(line);
      const linked = /^\(?(\/[^\s():]+\.(?:o|a|so)(?:\.[\d.]+)?)\)?(?:\([^)]*\)|[\w.-]+\.o)?$/.exec(line);
      const found = header?.[1] ?? linked?.[1];
      if (found !== undefined) paths.push(found);
    }
  }
  // The compiler's own intermediate object is gone by now.
  return paths.filter((path) => !/\/cc\w{6}\.(?:o|res)$/.test(path));
}

/** The links below a folder whose target is not there, relative to it. */
export async function danglingLinks(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isSymbolicLink())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !existsSync(path))
    .map((path) => path.slice(folder.length + 1));
}

function unusable(why: string, details: Readonly<Record<string, unknown>>): BuildrootError {
  return new BuildrootError("TOOLCHAIN_UNUSABLE", `The toolchain was laid out, but ${why}.`, {
    hint: "It needs the host's binutils and the libraries of its compiler: apt-get install build-essential. Nothing of it was kept.",
    details,
  });
}
