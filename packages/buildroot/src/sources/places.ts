import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { PackageDownload } from "../types.js";
import type { SourcePlace } from "./source-types.js";

/** The sites that a configuration names. */
export interface Sites {
  /** BR2_PRIMARY_SITE. */
  readonly primary?: string | undefined;
  /** BR2_BACKUP_SITE. */
  readonly backup?: string | undefined;
}

/**
 * The places of a download's URIs. Buildroot writes each as `method[|urlencode]+folder` (package/pkg-download.mk, DOWNLOAD_URIS),
 * the primary site's first and the backup's last; the file's name comes behind the folder.
 */
export function placesOf(
  download: PackageDownload,
  sites: Sites,
): { readonly places: SourcePlace[]; readonly methods: string[] } {
  const places: SourcePlace[] = [];
  const methods = new Set<string>();
  for (const uri of download.uris) {
    const match = /^([a-z]+)(\|urlencode)?\+(.*)$/.exec(uri);
    if (match === null) continue;
    const [, method, encoded, folder] = match;
    if (!/^(?:https?|file)$/.test(method!)) {
      methods.add(method!);
      continue;
    }
    const name = encoded === undefined ? download.source : encodeURIComponent(download.source);
    places.push({ kind: kindOf(folder!, sites), url: `${folder!}/${name}` });
  }
  return { places, methods: [...methods] };
}

/** Where a file lies in a folder that is laid out as Buildroot's download folder, or flat. */
export function folderPlaces(kind: "download" | "mirror", folder: string, below: string, name: string): SourcePlace[] {
  const paths = kind === "download" ? [join(folder, name)] : [join(folder, below, name), join(folder, name)];
  return paths.map((path) => ({ kind, url: pathToFileURL(path).href }));
}

function kindOf(folder: string, { primary, backup }: Sites): "primary" | "upstream" | "backup" {
  if (isBelow(folder, primary)) return "primary";
  return isBelow(folder, backup) ? "backup" : "upstream";
}

function isBelow(folder: string, site: string | undefined): boolean {
  if (site === undefined || site === "") return false;
  return folder === site || folder.startsWith(site.endsWith("/") ? site : `${site}/`);
}
