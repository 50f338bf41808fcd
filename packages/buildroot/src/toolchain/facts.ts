import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { BuildrootError } from "../errors.js";
import type { TestCompiler } from "./compile.js";
import type { ToolchainFacts } from "./types.js";

/** Finds out what a toolchain is, from its compiler and its sysroot. Throws TOOLCHAIN_UNUSABLE. */
export async function readFacts(folder: string, compiler: TestCompiler): Promise<ToolchainFacts> {
  const include = join(folder, "sysroot/usr/include");
  const gcc = await compiler.ask("-dumpfullversion");
  const headers = kernelVersion(await readFile(join(include, "linux/version.h"), "utf8").catch(() => ""));
  const glibc = glibcVersion(await readFile(join(include, "features.h"), "utf8").catch(() => ""));
  if (!/^\d+\.\d+/.test(gcc) || headers === undefined || glibc === undefined) {
    throw new BuildrootError("TOOLCHAIN_UNUSABLE", "The toolchain was laid out, but does not tell its versions.", {
      hint: "Nothing of it was kept. The package archive may have changed in a way that this version does not know.",
      details: { gcc, headers, glibc },
    });
  }
  const cxx = await compiler.compile("#include <vector>\nint main() { return std::vector<int>().size(); }\n", "c++");
  const omp = "#include <omp.h>\nint main(void) { return omp_get_thread_num(); }\n";
  const openmp = await compiler.compile(omp, "c", ["-fopenmp"]);
  return {
    gcc,
    headers,
    glibc,
    cxx: cxx.ok,
    openmp: openmp.ok,
    rpc: existsSync(join(include, "rpc/rpc.h")),
  };
}

/** "6.1" out of linux/version.h, whose code is 65536 times the version and 256 times the patch level. */
export function kernelVersion(header: string): string | undefined {
  const code = Number(/^#define LINUX_VERSION_CODE (\d+)$/m.exec(header)?.[1] ?? Number.NaN);
  return Number.isFinite(code) ? `${Math.floor(code / 65_536)}.${Math.floor(code / 256) % 256}` : undefined;
}

/** "2.36" out of glibc's features.h. */
export function glibcVersion(header: string): string | undefined {
  const major = /^#define\s+__GLIBC__\s+(\d+)/m.exec(header)?.[1];
  const minor = /^#define\s+__GLIBC_MINOR__\s+(\d+)/m.exec(header)?.[1];
  return major === undefined || minor === undefined ? undefined : `${major}.${minor}`;
}
