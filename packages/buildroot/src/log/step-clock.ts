import type { Step, StepRecord } from "../types.js";

/** Turns `>>>` lines into steps with durations. */
export class StepClock {
  readonly #done: StepRecord[] = [];
  current: (Step & { readonly startedAt: number }) | undefined;

  begin(step: Step, at: number): void {
    this.end(at);
    this.current = { ...step, startedAt: at };
  }

  end(at: number): readonly StepRecord[] {
    if (this.current !== undefined) {
      this.#done.push({ ...this.current, seconds: (at - this.current.startedAt) / 1000 });
    }
    this.current = undefined;
    return this.#done;
  }
}
