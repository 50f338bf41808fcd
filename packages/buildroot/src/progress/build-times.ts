/** A step of a package that was begun and ended. */
export interface TimedStep {
  readonly package: string;
  /** In the words of Buildroot's instrumentation: "configure", "install-target". */
  readonly step: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly seconds: number;
}

const line = /^(\d+)\.(\d{3})\d*:(start|end) *:(\S+) *: *(\S+)$/;

/** Reads build-time.log (package/pkg-generic.mk, step_time). A step that failed or is still at it has no end and is left out. */
export function parseBuildTimes(text: string): readonly TimedStep[] {
  const open = new Map<string, number>();
  const steps: TimedStep[] = [];
  for (const one of text.split("\n")) {
    const match = line.exec(one.trimEnd());
    if (match === null) continue;
    const at = Number(match[1]) * 1000 + Number(match[2]);
    const [phase, step, name] = [match[3]!, match[4]!, match[5]!];
    const key = `${name} ${step}`;
    const startedAt = open.get(key);
    if (phase === "start") open.set(key, at);
    else if (startedAt !== undefined) {
      open.delete(key);
      steps.push({ package: name, step, startedAt, seconds: (at - startedAt) / 1000 });
    }
  }
  return steps;
}

/** Seconds per package; of a package that was built more than once, of its last time. */
export function secondsByPackage(steps: readonly TimedStep[]): ReadonlyMap<string, number> {
  const seen = new Map<string, Map<string, number>>();
  for (const { package: name, step, seconds } of steps) {
    const of = seen.get(name) ?? new Map<string, number>();
    seen.set(name, of.set(step, seconds));
  }
  return new Map([...seen].map(([name, of]) => [name, [...of.values()].reduce((sum, one) => sum + one, 0)]));
}
