import { createHash } from "node:crypto";
import { isSpdx, splitLicences } from "./licences.js";
import type { BuildReport, ReportPackage } from "./types.js";

export interface SbomOptions {
  /** Host packages too, as components that are not in the image. Default false. */
  readonly host?: boolean;
}

/** A CycloneDX document, as JSON. */
export type Sbom = Readonly<Record<string, unknown>>;

/**
 * The software bill of materials of a build, in CycloneDX 1.6 (JSON): a component for each package with version, licences, CPE, the hash of
 * its source and where that comes from, and what depends on what. The same report gives the same document.
 */
export function createSbom(report: BuildReport, { host = false }: SbomOptions = {}): Sbom {
  const packages = report.packages.filter(({ virtual, type }) => !virtual && (host || type === "target"));
  const names = new Set(packages.map(({ name }) => name));
  const name = report.defconfig?.replace(/_defconfig$/, "") ?? "image";
  const main = {
    type: "firmware",
    "bom-ref": `image:${name}`,
    name,
    ...(report.images.length === 0
      ? {}
      : { hashes: report.images.slice(0, 1).map(({ sha256 }) => sha256Hash(sha256)) }),
  };
  const components = packages.map((one) => component(one));
  const vulnerabilities = packages.flatMap((one) =>
    one.ignoredCves.map((id) => ({
      id,
      analysis: { state: "in_triage", detail: "Buildroot's package ignores it: patched, or not in what is built." },
      affects: [{ ref: reference(one) }],
    })),
  );
  return {
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    serialNumber: `urn:uuid:${uuidOf(JSON.stringify([report.at, name, components]))}`,
    version: 1,
    metadata: {
      timestamp: report.at,
      tools: { components: [{ type: "application", name: "@ipa-br/buildroot" }] },
      component: main,
      properties: [{ name: "buildroot:version", value: report.buildroot }],
    },
    components,
    dependencies: [
      {
        ref: main["bom-ref"],
        dependsOn: packages.filter(({ type }) => type === "target").map((one) => reference(one)),
      },
      ...packages.map((one) => ({ ref: reference(one), dependsOn: dependsOn(one, report, names) })),
    ],
    ...(vulnerabilities.length === 0 ? {} : { vulnerabilities }),
  };
}

function component(one: ReportPackage): Sbom {
  const [source] = one.sources;
  const licences = splitLicences(one.licenses);
  return {
    type: one.name === "linux" ? "operating-system" : "library",
    "bom-ref": reference(one),
    name: one.name.replace(/^host-/, ""),
    ...(one.version === undefined ? {} : { version: one.version }),
    scope: one.type === "host" ? "excluded" : "required",
    ...(licences.length === 0
      ? {}
      : { licenses: licences.map((name) => ({ license: isSpdx(name) ? { id: name } : { name } })) }),
    ...(one.cpe === undefined ? {} : { cpe: one.cpe }),
    ...(one.version === undefined || one.overridden !== undefined ? {} : { purl: packageUrl(one) }),
    ...(source?.sha256 === undefined ? {} : { hashes: [sha256Hash(source.sha256)] }),
    ...(one.sources.length === 0
      ? {}
      : {
          externalReferences: one.sources.flatMap(({ url, sha256 }) =>
            url === undefined
              ? []
              : [
                  {
                    type: "source-distribution",
                    url,
                    ...(sha256 === undefined ? {} : { hashes: [sha256Hash(sha256)] }),
                  },
                ],
          ),
        }),
    ...overriddenProperties(one),
  };
}

/** That nobody takes what was built for the version of the makefile. The folder is the building machine's business. */
function overriddenProperties({ overridden }: ReportPackage): Sbom {
  if (overridden === undefined) return {};
  const { recipeVersion } = overridden;
  return {
    properties: [
      { name: "buildroot:overridden", value: "true" },
      ...(recipeVersion === undefined ? [] : [{ name: "buildroot:recipe-version", value: recipeVersion }]),
    ],
  };
}

/** Package URL: https://github.com/package-url/purl-spec, type "generic". */
function packageUrl({ name, version, sources: [source] }: ReportPackage): string {
  const qualifiers = [
    ...(source?.sha256 === undefined ? [] : [`checksum=sha256:${source.sha256}`]),
    ...(source?.url === undefined ? [] : [`download_url=${encodeURIComponent(source.url)}`]),
  ];
  const base = `pkg:generic/${encodeURIComponent(name.replace(/^host-/, ""))}@${encodeURIComponent(version ?? "")}`;
  return qualifiers.length === 0 ? base : `${base}?${qualifiers.join("&")}`;
}

/** The components that a package needs; what a virtual package stands for is put in its place. */
function dependsOn(one: ReportPackage, { packages }: BuildReport, names: ReadonlySet<string>): string[] {
  const byName = new Map(packages.map((each) => [each.name, each]));
  const found = new Set<string>();
  const seen = new Set<string>();
  const visit = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    const next = byName.get(name);
    if (next === undefined) return;
    if (next.virtual) for (const dependency of next.dependencies) visit(dependency);
    else if (names.has(name)) found.add(reference(next));
  };
  for (const dependency of one.dependencies) visit(dependency);
  return [...found].sort();
}

function reference({ name, version }: ReportPackage): string {
  return version === undefined ? name : `${name}@${version}`;
}

function sha256Hash(content: string): { readonly alg: "SHA-256"; readonly content: string } {
  return { alg: "SHA-256", content };
}

/** A UUID (version 5's form) that depends on nothing but the text. */
function uuidOf(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  const variant = ((Number.parseInt(hex[16]!, 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
