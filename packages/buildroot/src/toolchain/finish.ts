import { mkdir, readFile, readdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import type { Environment } from "../types.js";
import { placeBinutils } from "./binutils.js";
import type { Target } from "./target.js";
import { wrapperScript } from "./wrapper.js";

/** Makes a toolchain out of what was unpacked: folders that Buildroot expects, linker scripts, programs. Throws TOOLCHAIN_UNUSABLE. */
export async function finishLayout(folder: string, target: Target, env: Environment): Promise<void> {
  const sysroot = join(folder, "sysroot");
  await symlink("lib", join(sysroot, "lib64"));
  await symlink("lib", join(sysroot, "usr/lib64"));
  const cxxHeaders = join(folder, target.cxxHeaders);
  await mkdir(dirname(cxxHeaders), { recursive: true });
  await symlink(relative(dirname(cxxHeaders), join(sysroot, "usr/include/c++")), cxxHeaders);
  await relocateLinkerScripts(join(sysroot, "usr/lib"), target.triple);
  await placeBinutils(folder, target, env);
  for (const name of ["gcc", "g++", "cpp"])
    await writeFile(join(folder, `bin/${target.triple}-${name}`), wrapper(name, target), { mode: 0o755 });
}

/** A linker script without absolute folders: ld finds the files beside it and in the sysroot. */
export function relocatedScript(text: string, triple: string): string {
  return text.replaceAll(new RegExp(`(^|[\\s(])/(?:usr/)?lib(?:64)?/(?:${triple}/)?(?=[^\\s/])`, "g"), "$1");
}

async function relocateLinkerScripts(folder: string, triple: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isFile() || !/\.(?:so|a)$/.test(entry.name)) continue;
    const path = join(folder, entry.name);
    const content = await readFile(path);
    if (!content.subarray(0, 64).toString("latin1").startsWith("/* GNU ld script")) continue;
    await writeFile(path, relocatedScript(content.toString("utf8"), triple));
  }
}

/** The compiler finds its own folder from where it stands (../lib/gcc); the sysroot it has to be told. */
function wrapper(name: string, { triple, cross }: Target): string {
  return wrapperScript(
    `The distribution's ${name} with a sysroot of its own; a later --sysroot on the command line wins.`,
    "..",
    `${cross ? withoutConfiguredSysroot(`${triple}-${name}`) : ""}exec "$toolchain/compiler/${triple}-${name}" --sysroot="$toolchain/sysroot" "$@"
`,
  );
}

/**
 * Debian's cross compilers are configured for the sysroot "/", which is never used here. Buildroot looks for that in what `-v`
 * says, to refuse a compiler that is not relocatable and brings the distribution's libraries along; this one does neither.
 */
function withoutConfiguredSysroot(program: string): string {
  return `if [ "$*" = -v ]; then
  "$toolchain/compiler/${program}" -v 2>&1 | sed 's, --with-sysroot=/ , ,' >&2
  exit
fi
`;
}
