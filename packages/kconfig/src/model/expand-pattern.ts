import type { KconfigHost } from "../base/host.js";

/**
 * The files that a pattern matches below a folder, as paths relative to it: `*` and `?` stand for characters but `/`,
 * `[...]` for one of several; hidden names need a dot in the pattern. Ordered by their bytes (glob(3) in the C locale).
 */
export function expandPattern(pattern: string, folder: string, host: KconfigHost): string[] {
  if (host.list === undefined) return [];
  const rooted = pattern.startsWith("/");
  let found: string[] = [rooted ? "/" : ""];
  const parts = pattern.split("/").filter((part) => part !== "");
  for (const [index, part] of parts.entries()) {
    const isLast = index === parts.length - 1;
    const wild = /[*?[]/.test(part) ? toExpression(part) : undefined;
    const next: string[] = [];
    for (const path of found) {
      const within =
        path === "" ? folder : folder === "" || rooted ? path.replace(/(.)\/$/, "$1") : `${folder}/${path}`;
      const names =
        wild === undefined ? [part] : (host.list(within) ?? []).filter((name) => wild.test(name)).toSorted(byBytes);
      for (const name of names) next.push(path === "" || path.endsWith("/") ? `${path}${name}` : `${path}/${name}`);
    }
    found = isLast ? next.filter((path) => isFile(path, folder, rooted, host)) : next;
  }
  return found;
}

const byBytes = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function isFile(path: string, folder: string, rooted: boolean, host: KconfigHost): boolean {
  return host.readFile(rooted || folder === "" ? path : `${folder}/${path}`) !== undefined;
}

function toExpression(part: string): RegExp {
  const text = part.replace(/\*|\?|\[!?\]?[^\]]*\]|[^*?[]+|\[/g, (piece) => {
    if (piece === "*") return "[^/]*";
    if (piece === "?") return "[^/]";
    if (piece.length > 1 && piece.startsWith("[")) return piece.replace(/^\[!/, "[^").replaceAll("\\", "\\\\");
    return piece.replace(/[$()*+.?[\\\]^{|}]/g, "\\$&");
  });
  return new RegExp(`^${part.startsWith(".") ? "" : "(?!\\.)"}${text}$`, "u");
}
