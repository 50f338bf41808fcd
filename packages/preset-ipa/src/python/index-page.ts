/** Pages of a simple index. Source: PEP 503 (HTML) and PEP 691 (JSON). */

/** A file that an index offers. */
export interface IndexFile {
  readonly file: string;
  /** Absolute, without the hash. */
  readonly url: string;
  readonly sha256: string;
}

/** The Accept header that asks for JSON and takes HTML. */
export const indexAccept = "application/vnd.pypi.simple.v1+json, text/html;q=0.5";

/** The gzipped source distributions on a project's page that have a SHA-256. */
export function sourceDistributions(page: string, pageUrl: string): readonly IndexFile[] {
  const all = page.trimStart().startsWith("{") ? filesOfJson(page, pageUrl) : filesOfHtml(page, pageUrl);
  return all.filter(({ file }) => file.endsWith(".tar.gz"));
}

/** The version in a source distribution's file name: what is between the last dash and the suffix. */
export function versionOfFile(file: string): string | undefined {
  return /-([^-]+)\.tar\.gz$/.exec(file)?.[1];
}

function filesOfJson(page: string, pageUrl: string): IndexFile[] {
  const { files } = JSON.parse(page) as {
    files?: readonly { filename: string; url: string; yanked?: unknown; hashes?: { sha256?: string } }[];
  };
  return (files ?? [])
    .filter(({ hashes, yanked }) => hashes?.sha256 !== undefined && (yanked === undefined || yanked === false))
    .map(({ filename, url, hashes }) => ({ file: filename, url: new URL(url, pageUrl).href, sha256: hashes!.sha256! }));
}

function filesOfHtml(page: string, pageUrl: string): IndexFile[] {
  const found: IndexFile[] = [];
  for (const [, attributes] of page.matchAll(/<a\b([^>]*)>/gi)) {
    const href = /\bhref\s*=\s*"([^"]*)"/i.exec(attributes!)?.[1];
    if (href === undefined || /\bdata-yanked\b/i.test(attributes!)) continue;
    const url = new URL(href.replaceAll("&amp;", "&"), pageUrl);
    const sha256 = /^#sha256=([0-9a-f]{64})$/.exec(url.hash)?.[1];
    url.hash = "";
    if (sha256 !== undefined)
      found.push({ file: decodeURIComponent(url.pathname.split("/").at(-1)!), url: url.href, sha256 });
  }
  return found;
}

/**
 * The folder of a file as everybody can reach it. Mirrors keep the path that PyPI's own file host uses, which is made of
 * the file's BLAKE2 sum; a mirror of another layout leads to PyPI's address by project name.
 */
export function publicSite(url: string, name: string): string {
  const path = /\/packages\/([0-9a-f]{2}\/[0-9a-f]{2}\/[0-9a-f]{60})\/[^/]+$/.exec(new URL(url).pathname)?.[1];
  if (path !== undefined) return `https://files.pythonhosted.org/packages/${path}`;
  return `https://files.pythonhosted.org/packages/source/${name[0]}/${name}`;
}
