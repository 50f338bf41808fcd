import { markerHolds, type MarkerEnvironment } from "./marker.js";
import { parseRequirement } from "./requirement.js";

/** The versions of a constraints file, by normalised name, for one environment. Lines that are no exact pin are left out. */
export function parseConstraints(text: string, environment: MarkerEnvironment): ReadonlyMap<string, string> {
  const versions = new Map<string, string>();
  for (const line of text.split("\n")) {
    const requirement = parseRequirement(line.replace(/(?:^|\s)#.*$/, ""));
    const version = /^={2,3}([^,*]+)$/.exec(requirement?.specifier ?? "")?.[1];
    if (requirement === undefined || version === undefined) continue;
    if (requirement.marker !== undefined && !markerHolds(requirement.marker, environment)) continue;
    versions.set(requirement.name, version);
  }
  return versions;
}
