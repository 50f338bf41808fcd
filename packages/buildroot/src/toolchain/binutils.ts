import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { BuildrootError } from "../errors.js";
import { findProgram } from "../process/find-program.js";
import type { Environment } from "../types.js";
import type { Target } from "./target.js";
import { wrapperScript } from "./wrapper.js";

/** Programs of binutils that a build cannot do without, and those that are there where the distribution has them. */
const needed = ["ar", "as", "ld", "nm", "objcopy", "objdump", "ranlib", "readelf", "strip"];
const others = ["addr2line", "c++filt", "elfedit", "gprof", "ld.bfd", "ld.gold", "size", "strings"];

/** Where a file of a binutils package stands in the toolchain, undefined if nowhere: the programs, and the libraries they share. */
export function binutilsFile(path: string, triple: string): string | undefined {
  const program = /^usr\/bin\/([^/]+)$/.exec(path)?.[1];
  if (program?.startsWith(`${triple}-`) === true) return `binutils/bin/${program}`;
  const library = /^usr\/lib\/[^/]+\/(lib[^/]+\.so(?:\.[^/]*)?)$/.exec(path)?.[1];
  return library === undefined ? undefined : `binutils/lib/${library}`;
}

/**
 * Puts binutils where a build looks for them (bin, under their full names) and where gcc does (the folder named after the
 * target). Throws TOOLCHAIN_UNUSABLE.
 */
export async function placeBinutils(folder: string, target: Target, env: Environment): Promise<void> {
  const { triple } = target;
  await mkdir(join(folder, triple, "bin"), { recursive: true });
  await mkdir(join(folder, "bin"), { recursive: true });
  for (const name of [...needed, ...others]) {
    const path = target.cross ? join(folder, `binutils/bin/${triple}-${name}`) : `/usr/bin/${triple}-${name}`;
    const program = await findProgram(path, env);
    if (program === undefined) {
      if (others.includes(name)) continue;
      throw missing(path, target);
    }
    for (const [place, up] of [
      [`bin/${triple}-${name}`, ".."],
      [`${triple}/bin/${name}`, "../.."],
    ] as const) {
      if (target.cross) await writeFile(join(folder, place), wrapper(`${triple}-${name}`, up), { mode: 0o755 });
      else await symlink(program, join(folder, place));
    }
  }
}

/** The programs look for their libraries in the system's folders; what else leads to libraries (fakeroot does) has to stay. */
function wrapper(program: string, up: string): string {
  return wrapperScript(
    `The distribution's ${program} with the libraries that came with it.`,
    up,
    `LD_LIBRARY_PATH=$toolchain/binutils/lib\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH} exec "$toolchain/binutils/bin/${program}" "$@"
`,
  );
}

function missing(program: string, { cross }: Target): BuildrootError {
  const what = cross ? "The distribution's binutils lack a program" : "binutils is not installed";
  return new BuildrootError("TOOLCHAIN_UNUSABLE", `${what}: there is no ${program}.`, {
    hint: cross
      ? "Nothing of it was kept. The package archive may have changed in a way that this version does not know."
      : "apt-get install build-essential",
    details: { program },
  });
}
