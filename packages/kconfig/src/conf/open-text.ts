import type { KconfigHost } from "../base/host.js";
import type { ConfOptions } from "./types.js";

/** The text of a file of the working folder, else of `srctree` (zconf_fopen of C). */
export function openText({ host, env }: Pick<ConfOptions, "host" | "env">, path: string): string | undefined {
  const text = openHere(host, path);
  const sources = env["srctree"];
  return text !== undefined || path.startsWith("/") || sources === undefined
    ? text
    : openHere(host, `${sources}/${path}`);
}

/** The text of what can be opened, which folders can: there is nothing in them. */
export const openHere = (host: KconfigHost, path: string): string | undefined =>
  path === "" ? undefined : (host.readFile(path) ?? (isFolder(host, path) ? "" : undefined));

/** True where `path` names a folder, which no name at all does not. */
export const isFolder = (host: KconfigHost, path: string): boolean => path !== "" && host.list?.(path) !== undefined;
