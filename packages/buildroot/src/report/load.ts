import { readFile, stat } from "node:fs/promises";
import { readMemory } from "../check/output-folder.js";
import { BuildrootError } from "../errors.js";
import { outputLayout } from "../layout.js";
import { openBuildroot } from "../open.js";
import type { Environment } from "../types.js";
import { collectReport } from "./collect.js";
import type { BuildReport } from "./types.js";

export interface LoadReportOptions {
  /** For make, where the report is made from an output folder. */
  readonly env: Environment;
  readonly signal?: AbortSignal;
}

/**
 * The report of a build: read from a file that holds one as JSON, or made from an output folder. Throws REPORT_INVALID, and what
 * `openBuildroot` and `collectReport` throw.
 */
export async function loadReport(path: string, { env, signal }: LoadReportOptions): Promise<BuildReport> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw invalid(path, "is not there");
  if (!found.isDirectory()) return parseReport(path, await readFile(path, "utf8"));
  const { buildroot, externals = [] } = await readMemory(outputLayout(path));
  if (buildroot === undefined) throw invalid(path, "is no output folder of Buildroot");
  const tree = await openBuildroot({ buildroot, output: path, externals, env });
  return collectReport({ tree, ...(signal === undefined ? {} : { signal }) });
}

function parseReport(path: string, text: string): BuildReport {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw invalid(path, `is no JSON (${(error as Error).message})`);
  }
  const report = value as Partial<BuildReport> | null;
  if (report?.version !== 1 || !Array.isArray(report.packages) || !Array.isArray(report.images))
    throw invalid(path, "holds no report of version 1");
  return report as BuildReport;
}

function invalid(path: string, problem: string): BuildrootError {
  return new BuildrootError("REPORT_INVALID", `${path} ${problem}.`, {
    hint: "Name an output folder, or a report as JSON: ipa-br report --json FILE.",
    details: { path, problem },
  });
}
