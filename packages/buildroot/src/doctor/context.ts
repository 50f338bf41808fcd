import { installCommand } from "./distribution.js";
import { packagesFor } from "./packages.js";
import type { Environment } from "../types.js";
import type { DiagnoseOptions, DoctorHost, PackageManager, Problem, Severity } from "./types.js";

/** Something wrong, before the distribution's words are put to it. */
export interface Finding {
  readonly id: string;
  readonly severity: Severity;
  readonly message: string;
  readonly why: string;
  readonly source?: string;
  /** Keys of the table of packages, or `perl:MODULE`. */
  readonly needs?: readonly string[];
  /** For what no package mends. */
  readonly command?: string;
}

/** A rule that was looked at, and what it found. */
export interface Check {
  readonly id: string;
  readonly finding: Finding | undefined;
}

export interface DoctorContext {
  readonly host: DoctorHost;
  readonly options: DiagnoseOptions;
  /** Values of the .config; empty without one. */
  readonly values: ReadonlyMap<string, string>;
}

export type Rule = (context: DoctorContext) => Promise<readonly Check[]>;

/** A check that found nothing where `finding` is undefined. */
export function check(id: string, finding?: Omit<Finding, "id">): Check {
  return { id, finding: finding === undefined ? undefined : { id, ...finding } };
}

export function isOn(values: ReadonlyMap<string, string>, symbol: string): boolean {
  return values.get(symbol) === "y";
}

/** The text of a string symbol, without its quotes; undefined if it is empty or not there. */
export function textOf(values: ReadonlyMap<string, string>, symbol: string): string | undefined {
  return values.get(symbol)?.replace(/^"(.*)"$/, "$1") || undefined;
}

/** A compiler's names to try, the one that the environment names first: "ccache gcc" is gcc. */
export function compilerNames(env: Environment, variable: string, names: readonly string[]): readonly string[] {
  const own = env[variable]?.trim().split(/\s+/).at(-1);
  return own === undefined || own === "" ? names : [own, ...names.slice(1)];
}

export function problemOf(
  finding: Finding,
  manager: PackageManager | undefined,
  gcc: string | undefined,
  uid: number,
): Problem {
  const packages = manager === undefined ? [] : packagesFor(finding.needs ?? [], manager, gcc);
  const command =
    finding.command ??
    (manager === undefined || packages.length === 0 ? undefined : installCommand(manager, packages, uid).join(" "));
  const { id, severity, message, why, source } = finding;
  return { id, severity, message, why, source, command, packages };
}
