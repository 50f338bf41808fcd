/** Requirements as metadata and constraints write them. Source: PEP 508 and PEP 503 for the names. */

/** One line of Requires-Dist, of build-system.requires or of a constraints file. */
export interface Requirement {
  /** Normalised. */
  readonly name: string;
  readonly extras: readonly string[];
  /** ">=2.1,<3"; empty for any version. */
  readonly specifier: string;
  readonly marker: string | undefined;
}

/** A project's name as an index spells it: lower case, runs of "-", "_" and "." as one dash. */
export function normalizeName(name: string): string {
  return name.toLowerCase().replaceAll(/[-_.]+/g, "-");
}

const grammar = /^\s*([a-z0-9](?:[a-z0-9._-]*[a-z0-9])?)\s*(?:\[([^\]]*)\])?\s*(?:\(([^)]*)\)|([^;@]*))\s*(?:;(.*))?$/i;

/** Undefined for what is no requirement of a version, an address among it. */
export function parseRequirement(text: string): Requirement | undefined {
  const match = grammar.exec(text);
  if (match === null) return undefined;
  const [, name, extras, inner, plain, marker] = match;
  return {
    name: normalizeName(name!),
    extras: (extras ?? "")
      .split(",")
      .map((extra) => normalizeName(extra.trim()))
      .filter((extra) => extra !== ""),
    specifier: (inner ?? plain ?? "").replaceAll(/\s+/g, ""),
    marker: marker === undefined ? undefined : marker.trim(),
  };
}
