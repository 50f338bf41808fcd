import type { Step } from "../types.js";

const stepLine = /^>>> (\S*) (\S*) (.+)$/;

/**
 * A `>>> name version Message` line of Buildroot's, undefined for any other line. The version may be empty, and a global
 * step has neither name nor version: three spaces follow the arrows (package/pkg-generic.mk, MESSAGE).
 */
export function parseStep(line: string): Step | undefined {
  if (!line.startsWith(">>> ")) return undefined;
  const match = stepLine.exec(line);
  if (match === null) return undefined;
  return { package: match[1] || undefined, version: match[2] || undefined, step: match[3]!.trimEnd() };
}
