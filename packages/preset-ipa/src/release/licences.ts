import type { BuildReport } from "@ipa-br/buildroot";

/**
 * One row per package of the image: name, version, licences as Buildroot words them, source file. RFC 4180. Of an overridden package
 * the licences are those that its makefile names.
 */
export function makeLicenceManifest({ packages }: Pick<BuildReport, "packages">): string {
  const rows = packages
    .filter(({ type, virtual, version }) => type === "target" && !virtual && version !== undefined)
    .map(({ name, version, licenses, sources, overridden }) => [
      name,
      version!,
      licenses ?? "unknown",
      overridden === undefined ? (sources[0]?.name ?? "local") : "overridden",
    ]);
  return [["package", "version", "licences", "source"], ...rows]
    .map((row) => `${row.map(quote).join(",")}\r\n`)
    .join("");
}

function quote(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
