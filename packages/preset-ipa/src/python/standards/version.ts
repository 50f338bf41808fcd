/**
 * Versions as Python packages write them, and what a requirement asks of them.
 * Source: the version specifiers specification of packaging.python.org (PEP 440).
 */

interface Version {
  readonly epoch: number;
  readonly release: readonly number[];
  /** Sorts development and pre-releases before the release, post-releases behind it. */
  readonly phase: readonly number[];
}

const grammar =
  /^v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(a|b|c|rc|alpha|beta|pre|preview)[-_.]?(\d*))?(?:-(\d+)|[-_.]?(post|rev|r)[-_.]?(\d*))?(?:[-_.]?(dev)[-_.]?(\d*))?(?:\+[a-z0-9]+(?:[-_.][a-z0-9]+)*)?$/i;

const ranks: Readonly<Record<string, number>> = { a: 1, alpha: 1, b: 2, beta: 2, c: 3, rc: 3, pre: 3, preview: 3 };
const final = 4;

function parse(text: string): Version | undefined {
  const match = grammar.exec(text.trim());
  if (match === null) return undefined;
  const [, epoch, release, pre, preNumber, implicitPost, post, postNumber, dev, devNumber] = match;
  const isPost = implicitPost !== undefined || post !== undefined;
  // "1.0.dev1" comes before "1.0a1": a development release of nothing else is of the lowest rank.
  const rank = pre === undefined ? (dev !== undefined && !isPost ? 0 : final) : ranks[pre.toLowerCase()]!;
  return {
    epoch: Number(epoch ?? 0),
    release: release!.split(".").map(Number),
    phase: [
      rank,
      Number(preNumber || 0),
      isPost ? Number(implicitPost ?? (postNumber || 0)) + 1 : 0,
      dev === undefined ? Number.POSITIVE_INFINITY : Number(devNumber || 0),
    ],
  };
}

function compareNumbers(a: readonly number[], b: readonly number[]): number {
  const length = Math.max(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const [left, right] = [a[index] ?? 0, b[index] ?? 0];
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}

function compare(a: Version, b: Version): number {
  return (
    compareNumbers([a.epoch], [b.epoch]) || compareNumbers(a.release, b.release) || compareNumbers(a.phase, b.phase)
  );
}

/** -1, 0 or 1; undefined where one of them is no version. */
export function compareVersions(a: string, b: string): number | undefined {
  const [left, right] = [parse(a), parse(b)];
  return left === undefined || right === undefined ? undefined : compare(left, right);
}

/** One clause of a specifier, "~=2.1" say, against a version. */
function clauseHolds(operator: string, wanted: string, version: string): boolean {
  if (operator === "===") return wanted.toLowerCase() === version.toLowerCase();
  const isPrefix = wanted.endsWith(".*");
  const [given, asked] = [parse(version), parse(isPrefix ? wanted.slice(0, -2) : wanted)];
  if (given === undefined || asked === undefined) return false;
  const hasPrefix = (length: number): boolean =>
    given.epoch === asked.epoch &&
    compareNumbers(
      Array.from({ length }, (_, index) => given.release[index] ?? 0),
      asked.release.slice(0, length),
    ) === 0;
  const order = compare(given, asked);
  switch (operator) {
    case "==":
      return isPrefix ? hasPrefix(asked.release.length) : order === 0;
    case "!=":
      return isPrefix ? !hasPrefix(asked.release.length) : order !== 0;
    case ">=":
      return order >= 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case "<":
      return order < 0;
    case "~=":
      return order >= 0 && hasPrefix(asked.release.length - 1);
    default:
      return false;
  }
}

/**
 * Whether a version is within a specifier, ">=2.1,!=2.3" say; an empty one takes every version.
 * A clause that cannot be read does not hold.
 */
export function satisfies(version: string, specifier: string): boolean {
  return specifier
    .split(",")
    .map((clause) => clause.trim())
    .filter((clause) => clause !== "")
    .every((clause) => {
      const match = /^(===|==|~=|!=|<=|>=|<|>)\s*(\S+)$/.exec(clause);
      return match !== null && clauseHolds(match[1]!, match[2]!, version);
    });
}
