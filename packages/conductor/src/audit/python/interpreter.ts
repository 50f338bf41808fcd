import type { ImageRootfs } from "../../image/files.js";

/** Options of Buildroot's Python (`package/python3/Config.in`) and the module of the interpreter that each builds. */
const modules: Readonly<Record<string, string>> = {
  BZIP2: "_bz2",
  CURSES: "_curses",
  DECIMAL: "_decimal",
  PYEXPAT: "pyexpat",
  READLINE: "readline",
  SQLITE: "_sqlite3",
  SSL: "_ssl",
  UNICODEDATA: "unicodedata",
  XZ: "_lzma",
  ZLIB: "zlib",
};

const option = /^BR2_PACKAGE_PYTHON3_([A-Z0-9]+)$/;

/** Modules of the interpreter that the symbols stand for, with their symbols. */
export function interpreterModules(symbols: readonly string[]): readonly (readonly [module: string, symbol: string])[] {
  return symbols.flatMap((symbol) => {
    const module = modules[option.exec(symbol)?.[1] ?? ""];
    return module === undefined ? [] : [[module, symbol] as const];
  });
}

/** True for the interpreter and its library, which may have modules built in. */
export function isInterpreter(path: string): boolean {
  return /(?:^|\/)(?:bin\/python3(?:\.\d+)?|libpython3[^/]*\.so[^/]*)$/.test(path);
}

/** What an interpreter has in it that has the module built in. */
export function builtInMark(module: string): string {
  return `PyInit_${module}\0`;
}

/** True if the interpreter can import its module: a file of its own, or built in. */
export function hasModule({ files, found }: ImageRootfs, module: string): boolean {
  for (const marks of found.values()) if (marks.has(builtInMark(module))) return true;
  for (const path of files.keys()) {
    if (path.includes("/lib-dynload/") && path.slice(path.lastIndexOf("/") + 1).startsWith(`${module}.`)) return true;
  }
  return false;
}

/** `3.11`: the newest Python that has a folder in the image; undefined where none has. */
export function pythonVersion({ files }: ImageRootfs): string | undefined {
  const versions = new Set<string>();
  for (const path of files.keys()) {
    const version = /(?:^|\/)lib\/python(3\.\d+)\//.exec(path)?.[1];
    if (version !== undefined) versions.add(version);
  }
  return [...versions].sort((one, other) => Number(other.slice(2)) - Number(one.slice(2)))[0];
}
