import type { ReportPackage } from "./types.js";

/** The chain of packages, each needing the one before it, whose seconds add up to most. Packages that took no time are left out. */
export function criticalPath(packages: readonly ReportPackage[]): {
  readonly names: string[];
  readonly seconds: number;
} {
  const byName = new Map(packages.map((one) => [one.name, one]));
  const best = new Map<string, { readonly seconds: number; readonly before: string | undefined }>();
  const visit = (name: string, under: ReadonlySet<string>): number => {
    const known = best.get(name);
    if (known !== undefined) return known.seconds;
    const one = byName.get(name);
    // Dependencies of packages have no cycles; those of a broken tree are cut.
    if (one === undefined || under.has(name)) return 0;
    const deeper = new Set([...under, name]);
    let before: string | undefined;
    let most = 0;
    for (const dependency of one.dependencies) {
      const seconds = visit(dependency, deeper);
      if (seconds > most) [most, before] = [seconds, dependency];
    }
    best.set(name, { seconds: most + one.seconds, before });
    return most + one.seconds;
  };
  let end: string | undefined;
  let most = 0;
  for (const { name } of packages) {
    const seconds = visit(name, new Set());
    if (seconds > most) [most, end] = [seconds, name];
  }
  const names: string[] = [];
  for (let name = end; name !== undefined; name = best.get(name)?.before) {
    if ((byName.get(name)?.seconds ?? 0) > 0) names.unshift(name);
  }
  return { names, seconds: Math.round(most * 1000) / 1000 };
}
