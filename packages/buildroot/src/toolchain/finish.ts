import { mkdir, readFile, readdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { BuildrootError } from "../errors.js";
import { findProgram } from "../process/find-program.js";
import type { Environment } from "../types.js";
import { triple } from "./recipe.js";

/** Programs of binutils that a build cannot do without, and those that are linked where they are installed. */
const binutils = ["ar", "as", "ld", "nm", "objcopy", "objdump", "ranlib", "readelf", "strip"];
const moreBinutils = ["addr2line", "c++filt", "elfedit", "gprof", "ld.bfd", "ld.gold", "size", "strings"];

/** Makes a toolchain out of what was unpacked: folders that Buildroot expects, linker scripts, programs. Throws TOOLCHAIN_UNUSABLE. */
export async function finishLayout(folder: string, env: Environment): Promise<void> {
  const sysroot = join(folder, "sysroot");
  await symlink("lib", join(sysroot, "lib64"));
  await symlink("lib", join(sysroot, "usr/lib64"));
  await mkdir(join(folder, "include"), { recursive: true });
  await symlink("../sysroot/usr/include/c++", join(folder, "include/c++"));
  await relocateLinkerScripts(join(sysroot, "usr/lib"));
  await linkBinutils(folder, env);
  for (const name of ["gcc", "g++", "cpp"])
    await writeFile(join(folder, "bin", `${triple}-${name}`), wrapper(name), { mode: 0o755 });
}

/** A linker script without absolute folders: ld finds the files beside it and in the sysroot. */
export function relocatedScript(text: string): string {
  return text.replaceAll(new RegExp(`(^|[\\s(])/(?:usr/)?lib(?:64)?/(?:${triple}/)?(?=[^\\s/])`, "g"), "$1");
}

async function relocateLinkerScripts(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isFile() || !/\.(?:so|a)$/.test(entry.name)) continue;
    const path = join(folder, entry.name);
    const content = await readFile(path);
    if (!content.subarray(0, 64).toString("latin1").startsWith("/* GNU ld script")) continue;
    await writeFile(path, relocatedScript(content.toString("utf8")));
  }
}

async function linkBinutils(folder: string, env: Environment): Promise<void> {
  const own = join(folder, triple, "bin");
  await mkdir(own, { recursive: true });
  await mkdir(join(folder, "bin"), { recursive: true });
  for (const name of [...binutils, ...moreBinutils]) {
    const program = await findProgram(`/usr/bin/${triple}-${name}`, env);
    if (program === undefined) {
      if (moreBinutils.includes(name)) continue;
      throw new BuildrootError(
        "TOOLCHAIN_UNUSABLE",
        `binutils is not installed: there is no /usr/bin/${triple}-${name}.`,
        {
          hint: "apt-get install build-essential",
          details: { program: `/usr/bin/${triple}-${name}` },
        },
      );
    }
    await symlink(program, join(folder, "bin", `${triple}-${name}`));
    await symlink(program, join(own, name));
  }
}

/** The compiler finds its own folder from where it stands (../lib/gcc); the sysroot it has to be told. */
function wrapper(name: string): string {
  return `#!/bin/sh
# The distribution's ${name} with a sysroot of its own; a later --sysroot on the command line wins.
self=$0
[ ! -L "$self" ] || self=$(readlink -f -- "$self")
case $self in */*) ;; *) self=./$self ;; esac
toolchain=\${self%/*}/..
exec "$toolchain/compiler/${triple}-${name}" --sysroot="$toolchain/sysroot" "$@"
`;
}
