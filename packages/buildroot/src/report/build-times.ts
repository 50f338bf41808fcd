import type { ReportStep } from "./types.js";

export interface BuildTimes {
  /** Steps by package, in the order in which they began. */
  readonly steps: ReadonlyMap<string, readonly ReportStep[]>;
  /** Milliseconds since the epoch; undefined if nothing was built. */
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
}

interface Step {
  readonly step: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Reads build/build-time.log (package/pkg-generic.mk, step_time): a line at the start and one at the end of each step. A step that was
 * run again counts as it went last; one that failed or was cut off has no end and does not count.
 */
export function parseBuildTimes(text: string): BuildTimes {
  const open = new Map<string, number>();
  const packages = new Map<string, Map<string, Step>>();
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const line of text.split("\n")) {
    const match = /^(\d+(?:\.\d+)?):(start|end)\s*:\s*([\w-]+)\s*:\s*(\S+)\s*$/.exec(line);
    if (match === null) continue;
    const [, time, kind, step, name] = match as unknown as [string, string, string, string, string];
    const at = Number(time);
    const key = `${name} ${step}`;
    if (kind === "start") {
      open.set(key, at);
      continue;
    }
    const start = open.get(key);
    if (start === undefined) continue;
    open.delete(key);
    const steps = packages.get(name) ?? new Map<string, Step>();
    steps.delete(step);
    packages.set(name, steps.set(step, { step, start, end: at }));
  }
  for (const steps of packages.values()) {
    for (const { start, end } of steps.values()) {
      first = Math.min(first, start);
      last = Math.max(last, end);
    }
  }
  const round = (seconds: number): number => Math.round(seconds * 1000) / 1000;
  const byPackage = [...packages].map(([name, steps]) => {
    const sorted = [...steps.values()].sort((a, b) => a.start - b.start);
    return [
      name,
      sorted.map(({ step, start, end }) => ({ step, start: round(start - first), seconds: round(end - start) })),
    ] as const;
  });
  const built = Number.isFinite(first);
  return {
    steps: new Map(byPackage),
    startedAt: built ? first * 1000 : undefined,
    endedAt: built ? last * 1000 : undefined,
  };
}
