/** Buildroot's version out of its Makefile's text; undefined if that is no Buildroot Makefile. */
export function buildrootVersion(makefile: string): string | undefined {
  return /^(?:export\s+)?BR2_VERSION\s*:?=\s*(\S+)\s*$/m.exec(makefile)?.[1];
}

/** GNU make's version out of `make --version`; undefined if it is not GNU make. */
export function gnuMakeVersion(output: string): string | undefined {
  return /^GNU Make (\d+(?:\.\d+)*)/m.exec(output)?.[1];
}

/** Compares dotted numbers: below zero if `left` is older. */
export function compareVersions(left: string, right: string): number {
  const a = left.split(".").map(Number);
  const b = right.split(".").map(Number);
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
