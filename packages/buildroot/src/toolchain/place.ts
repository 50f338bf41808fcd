import { binutilsFile } from "./binutils.js";
import type { Recipe } from "./recipe.js";

/** What decides where a file stands. */
export type Placement = Pick<Recipe, "gcc" | "target">;

/** Packages whose libraries belong into /lib: the loader has to stand there, and whatever else Debian once kept there with it. */
const inRoot = new Set(["libc6", "libgcc-s1", "libcrypt1"]);

/** Libraries of the target that Debian keeps in the compiler's folder, where the linker would prefer the archive to the shared one. */
const targetLibrary = /^lib(?:stdc\+\+|stdc\+\+fs|stdc\+\+exp|supc\+\+|gomp|atomic)\.(?:a|so)$/;

/**
 * Where a file of a package stands in the toolchain, undefined if nowhere. Paths are relative, without a leading slash. The
 * multiarch folders go flat; lib and usr/lib stay two folders, or Buildroot's copy of the sysroot has every library twice.
 */
export function placeOf(packageName: string, path: string, placement: Placement): string | undefined {
  const { triple, uapi } = placement.target;
  if (packageName.startsWith("binutils-")) return binutilsFile(path, triple);
  return (
    compilerFile(path, placement) ??
    after(path, `usr/include/${triple}/`, "sysroot/usr/include/") ??
    // Debian 13 keeps the headers of all processors in one package.
    after(path, `usr/lib/linux/uapi/${uapi}/`, "sysroot/usr/include/") ??
    after(path, "usr/include/", "sysroot/usr/include/") ??
    library(packageName, path, triple)
  );
}

function compilerFile(path: string, { gcc, target: { triple, privateFolder } }: Placement): string | undefined {
  const program = /^usr\/bin\/(.+?)-(gcc|g\+\+|cpp|gcc-ar|gcc-nm|gcc-ranlib)-(\d+)$/.exec(path);
  if (program !== null) {
    const [, prefix, name, version] = program;
    if (prefix !== triple || version !== gcc) return undefined;
    return `${name!.startsWith("gcc-") ? "bin" : "compiler"}/${triple}-${name}`;
  }
  const own = `${privateFolder}/${triple}/${gcc}/`;
  // A cross compiler's own parts come from its packages, the parts that it links into programs from the target's.
  const part = after(path, `usr/lib/gcc/${triple}/${gcc}/`, "") ?? after(path, `usr/lib/${own}`, "");
  if (part !== undefined) return targetLibrary.test(part) ? `sysroot/usr/lib/${part}` : `lib/${own}${part}`;
  return after(path, `usr/libexec/${own}`, `libexec/${own}`);
}

function library(packageName: string, path: string, triple: string): string | undefined {
  const name = after(path, `lib/${triple}/`, "") ?? after(path, `usr/lib/${triple}/`, "");
  // Converters and auditors of the C library are of no use on a target, and Buildroot would copy them.
  if (name === undefined || /^(?:gconv|audit)(?:\/|$)/.test(name)) return undefined;
  return inRoot.has(packageName) ? `sysroot/lib/${name}` : `sysroot/usr/lib/${name}`;
}

/**
 * Where the target of a link may stand now, the likeliest first: as its own package would place it, else the library of that
 * name. `target` is the path that the link led to in the distribution, relative to its root.
 */
export function linkCandidates(packageName: string, target: string, placement: Placement): string[] {
  const name = target.slice(target.lastIndexOf("/") + 1);
  const placed = placeOf(packageName, target, placement);
  const libraries = /^(?:usr\/)?lib/.test(target) ? [`sysroot/usr/lib/${name}`, `sysroot/lib/${name}`] : [];
  return [...new Set([...(placed === undefined ? [] : [placed]), ...libraries])];
}

function after(path: string, prefix: string, instead: string): string | undefined {
  return path.startsWith(prefix) && path.length > prefix.length ? instead + path.slice(prefix.length) : undefined;
}
