/** A requirement of a distribution (PEP 508): `oslo.config>=9.7.1; python_version >= "3.8"`. */
export interface Requirement {
  /** Normalized. */
  readonly name: string;
  readonly extras: readonly string[];
  /** `>=9.7.1,!=10.0`; empty where any version does. */
  readonly specifiers: string;
  /** When it holds; undefined for always. */
  readonly marker: string | undefined;
}

/** The name as two distributions are compared (PEP 503). */
export function normalizeName(name: string): string {
  return name.toLowerCase().replaceAll(/[-_.]+/g, "-");
}

/** Reads a requirement; undefined for what is none. */
export function parseRequirement(text: string): Requirement | undefined {
  const [head = "", ...markers] = text.split(";");
  const match = /^\s*([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[([^\]]*)\])?\s*(.*?)\s*$/s.exec(head);
  if (match === null) return undefined;
  const [, name = "", extras = "", rest = ""] = match;
  const specifiers = rest.startsWith("@") ? "" : rest.replace(/^\((.*)\)$/s, "$1");
  const marker = markers.join(";").trim();
  return {
    name: normalizeName(name),
    extras: extras
      .split(",")
      .map((extra) => normalizeName(extra.trim()))
      .filter((extra) => extra !== ""),
    specifiers: specifiers.replaceAll(/\s/g, ""),
    marker: marker === "" ? undefined : marker,
  };
}
