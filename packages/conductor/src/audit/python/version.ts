interface Version {
  readonly release: readonly number[];
  /** Before the release (dev, a, b, rc), the release itself, or behind it (post). */
  readonly stage: readonly [rank: number, number: number];
}

const pattern = /^v?(?:\d+!)?(\d+(?:\.\d+)*)[-_.]?(?:(a|b|c|rc|alpha|beta|pre|preview|post|rev|r|dev)[-_.]?(\d*))?/i;

const ranks: Readonly<Record<string, number>> = {
  ...{ dev: 0, a: 1, alpha: 1, b: 2, beta: 2, c: 3, rc: 3, pre: 3, preview: 3, post: 5, rev: 5, r: 5 },
};

function parse(text: string): Version | undefined {
  const match = pattern.exec(text.trim());
  if (match === null) return undefined;
  const rank = match[2] === undefined ? 4 : (ranks[match[2].toLowerCase()] ?? 4);
  return { release: (match[1] ?? "").split(".").map(Number), stage: [rank, Number(match[3] || 0)] };
}

function compare(one: Version, other: Version): number {
  const length = Math.max(one.release.length, other.release.length);
  for (let index = 0; index < length; index += 1) {
    const difference = (one.release[index] ?? 0) - (other.release[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return one.stage[0] - other.stage[0] || one.stage[1] - other.stage[1];
}

/** True if the version is one that the specifiers (PEP 440) allow, as far as they are understood: what is not, allows all. */
export function satisfies(version: string, specifiers: string): boolean {
  const own = parse(version);
  if (own === undefined) return true;
  return specifiers.split(",").every((specifier) => holds(own, specifier.trim()));
}

function holds(own: Version, specifier: string): boolean {
  const match = /^(===?|!=|~=|<=?|>=?)\s*(.+)$/.exec(specifier);
  const wild = match?.[2]?.endsWith(".*") === true;
  const wanted = parse((match?.[2] ?? "").replace(/\.\*$/, ""));
  if (match === null || wanted === undefined) return true;
  const order = compare(own, wanted);
  switch (match[1]) {
    case ">=":
      return order >= 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case "<":
      return order < 0;
    case "~=":
      return order >= 0 && startsWith(own, wanted.release.slice(0, -1));
    case "!=":
      return wild ? !startsWith(own, wanted.release) : order !== 0;
    default:
      return wild ? startsWith(own, wanted.release) : order === 0;
  }
}

function startsWith({ release }: Version, prefix: readonly number[]): boolean {
  return prefix.every((number, index) => (release[index] ?? 0) === number);
}
