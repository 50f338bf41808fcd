/**
 * The candidates that look most like `name`, best first, for "did you mean". A candidate counts when the edit
 * distance (insert, delete, replace, swap of neighbours; letter case is free) is at most a third of the longer
 * name, or when one contains the other. Ties go to the order of the candidates.
 */
export function nearestNames(name: string, candidates: Iterable<string>, limit = 3): string[] {
  const wanted = name.toLowerCase();
  if (wanted === "" || limit <= 0) return [];
  const best: { candidate: string; score: number; order: number }[] = [];
  let order = 0;
  for (const candidate of new Set(candidates)) {
    const score = scoreOf(wanted, candidate.toLowerCase());
    if (score !== undefined) best.push({ candidate, score, order: order++ });
  }
  best.sort((a, b) => a.score - b.score || a.order - b.order);
  return best.slice(0, limit).map((entry) => entry.candidate);
}

/** Lower is nearer; `undefined` when the two have too little in common. */
function scoreOf(wanted: string, candidate: string): number | undefined {
  const longer = Math.max(wanted.length, candidate.length);
  const bound = Math.max(1, Math.floor(longer / 3));
  const contained = wanted.length >= 3 && (candidate.includes(wanted) || wanted.includes(candidate));
  const distance =
    Math.abs(wanted.length - candidate.length) > bound ? bound + 1 : editDistance(wanted, candidate, bound);
  if (distance <= bound) return distance;
  return contained && candidate.length >= 3 ? bound + longer / 1000 : undefined;
}

/** Damerau's distance over neighbours, given up (`bound + 1`) as soon as a whole row is above `bound`. */
function editDistance(a: string, b: string, bound: number): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, beforeLast[j - 2]! + 1);
      row.push(cost);
      if (cost < least) least = cost;
    }
    if (least > bound) return bound + 1;
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}
