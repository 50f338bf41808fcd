/** The names that differ least from a name, at most three of them, those that differ too much left out. */
export function nearest(name: string, candidates: readonly string[]): readonly string[] {
  const most = Math.max(2, Math.floor(name.length / 3));
  const near = candidates
    .map((candidate) => [candidate, distance(name, candidate)] as const)
    .filter(([, away]) => away <= most)
    .sort((one, other) => one[1] - other[1] || (one[0] < other[0] ? -1 : 1));
  const best = near[0]?.[1] ?? 0;
  return near
    .filter(([, away]) => away <= best + 2)
    .slice(0, 3)
    .map(([candidate]) => candidate);
}

/** Letters to add, to drop or to change (Levenshtein). */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const changed = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
