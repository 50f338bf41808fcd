import type { BuildProgress, RunningStep } from "../types.js";

/** A package that the build is to make. */
export interface PlannedPackage {
  readonly name: string;
  /** Built by an earlier run already. */
  readonly done: boolean;
  /** The last of its steps, any of which ends it: "install-target". Empty if that is not known. */
  readonly lastSteps: readonly string[];
  readonly expectedSeconds: number;
}

export interface BuildPlan {
  /** undefined if nobody could tell the packages. */
  readonly packages: readonly PlannedPackage[] | undefined;
  readonly imageSeconds: number;
}

interface Work {
  readonly planned: PlannedPackage | undefined;
  finished: boolean;
  /** Seconds of the steps that ended. */
  seconds: number;
  readonly ended: Set<string>;
}

/** Seconds of trust in the expectation before this run's own speed outweighs it. */
const priorSeconds = 20;

/** Follows the steps of packages, any number at once, and estimates the rest. Times are milliseconds since the epoch. */
export class ProgressTracker {
  readonly #plan: BuildPlan;
  readonly #work = new Map<string, Work>();
  readonly #running = new Map<string, RunningStep>();
  /** Of the first step: before it make reads its makefiles, which tells nothing of the machine's speed. */
  #startedAt: number | undefined;

  constructor(plan: BuildPlan) {
    this.#plan = plan;
    for (const planned of plan.packages ?? []) this.#work.set(planned.name, newWork(planned));
  }

  start(name: string, step: string, at: number): void {
    this.#startedAt ??= at;
    const work = this.#workOf(name);
    // Whatever was done before is being done again.
    work.finished = false;
    this.#running.set(name, { package: name, step, startedAt: at });
  }

  end(name: string, step: string, at: number): void {
    const running = this.#running.get(name);
    const work = this.#workOf(name);
    if (running !== undefined && running.step === step) {
      this.#running.delete(name);
      work.seconds += (at - running.startedAt) / 1000;
    }
    work.ended.add(step);
    const last = work.planned?.lastSteps ?? [];
    if (last.length > 0 ? last.every((one) => work.ended.has(one)) : step.startsWith("install")) work.finished = true;
  }

  /** Seconds of each package that was begun and finished in this run. */
  finishedSeconds(): ReadonlyMap<string, number> {
    return new Map(
      [...this.#work]
        .filter(([, { finished, ended }]) => finished && ended.size > 0)
        .map(([name, { seconds }]) => [name, seconds]),
    );
  }

  snapshot(at: number): BuildProgress {
    const running = [...this.#running.values()];
    const { packages } = this.#plan;
    if (packages === undefined) {
      const done = [...this.#work.values()].filter(({ finished }) => finished).length;
      return { packages: { done, total: undefined }, running, fraction: undefined, remainingSeconds: undefined };
    }
    let whole = this.#plan.imageSeconds;
    let made = 0;
    let madeNow = 0;
    let done = 0;
    for (const [name, work] of this.#work) {
      const expected = Math.max(work.planned?.expectedSeconds ?? work.seconds, 0.1);
      whole += expected;
      if (work.finished) {
        done++;
        made += expected;
        if (work.ended.size > 0) madeNow += expected;
        continue;
      }
      const now = this.#running.get(name);
      const spent = work.seconds + (now === undefined ? 0 : (at - now.startedAt) / 1000);
      const part = Math.min(spent, expected * 0.95);
      made += part;
      madeNow += part;
    }
    const elapsed = (at - (this.#startedAt ?? at)) / 1000;
    const speed = (madeNow + priorSeconds) / (elapsed + priorSeconds);
    return {
      packages: { done, total: this.#work.size },
      running,
      fraction: Math.min(1, made / whole),
      remainingSeconds: Math.round((whole - made) / Math.max(speed, 0.05)),
    };
  }

  #workOf(name: string): Work {
    const known = this.#work.get(name);
    if (known !== undefined) return known;
    const work = newWork(undefined);
    this.#work.set(name, work);
    return work;
  }
}

function newWork(planned: PlannedPackage | undefined): Work {
  return { planned, finished: planned?.done ?? false, seconds: 0, ended: new Set() };
}
