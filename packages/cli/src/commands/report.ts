import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import {
  type BuildReport,
  collectReport,
  createSbom,
  diffReports,
  loadReport,
  renderReport,
  type ReportDifference,
} from "@ipa-br/buildroot";
import { type Io, print } from "../io.js";
import { type LocationOptions, resolveSettings } from "../settings/resolve.js";
import { openTree } from "../tree.js";
import { formatBytes, formatTable } from "../ui/format.js";

/** What `report` takes beside the locations. */
export type ReportOptions = LocationOptions & { readonly out?: string; readonly sbom?: string; readonly json?: string };

/** `ipa-br report`: one HTML page about the build, and where asked its data and its SBOM as JSON. */
export async function report(io: Io, options: ReportOptions): Promise<void> {
  const settings = await resolveSettings(io, options);
  const tree = await openTree(io, settings);
  const data = await collectReport({ tree, signal: io.signal });
  const sbom = createSbom(data);
  const page = options.out === undefined ? join(tree.output, "ipa-br/report.html") : resolve(io.cwd, options.out);
  await write(page, renderReport(data, sbom));
  if (options.json !== undefined) await write(resolve(io.cwd, options.json), `${JSON.stringify(data, null, 2)}\n`);
  if (options.sbom !== undefined) await write(resolve(io.cwd, options.sbom), `${JSON.stringify(sbom, null, 2)}\n`);
  print(io, page);
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

/** `ipa-br diff A B`: two builds, by output folder or by a report's JSON. */
export async function diff(
  io: Io,
  before: string,
  after: string,
  { json }: { readonly json?: boolean },
): Promise<void> {
  const reports: BuildReport[] = [];
  for (const path of [before, after])
    reports.push(await loadReport(resolve(io.cwd, path), { env: io.env, signal: io.signal }));
  const difference = diffReports(reports[0]!, reports[1]!);
  print(io, json === true ? JSON.stringify(difference, null, 2) : differenceText(difference));
}

/** The difference as tables, a heading above each; one line where there is none. */
export function differenceText({ images, targetSize, packages, config, licences }: ReportDifference): string {
  const size = (one: { readonly size: number } | undefined): string =>
    one === undefined ? "-" : formatBytes(one.size);
  const parts = [
    section(
      "Images",
      images.map(({ name, before, after }) => [name, size(before), size(after), change(before?.size, after?.size)]),
    ),
    targetSize.before === targetSize.after
      ? []
      : [
          `Root file system: ${formatBytes(targetSize.before)} to ${formatBytes(targetSize.after)} (${change(targetSize.before, targetSize.after)})`,
        ],
    section(
      "Packages",
      packages.map(({ name, before, after }) => [
        name,
        before === undefined ? "-" : (before.version ?? "there"),
        after === undefined ? "-" : (after.version ?? "there"),
        change(before?.size, after?.size),
      ]),
    ),
    section(
      "Configuration",
      config.map(({ name, before, after }) => [name, before ?? "-", after ?? "-"]),
    ),
    section(
      "Licences",
      licences.map(({ name, before, after }) => [name, before?.join(" ") ?? "-", after?.join(" ") ?? "-"]),
    ),
  ].flat();
  return parts.length === 0 ? "No difference." : parts.join("\n");
}

function section(title: string, rows: readonly (readonly string[])[]): string[] {
  return rows.length === 0 ? [] : [title, formatTable(rows.map(([name, ...rest]) => [`  ${name}`, ...rest]))];
}

function change(before = 0, after = 0): string {
  if (before === after) return "same size";
  return `${after > before ? "+" : "-"}${formatBytes(Math.abs(after - before))}`;
}
