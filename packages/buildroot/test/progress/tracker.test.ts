import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type PlannedPackage, ProgressTracker } from "../../src/progress/tracker.js";

const planned = (name: string, expectedSeconds: number, more: Partial<PlannedPackage> = {}): PlannedPackage => ({
  name,
  done: false,
  lastSteps: ["install-target"],
  expectedSeconds,
  ...more,
});

function tracker(packages: readonly PlannedPackage[] | undefined, imageSeconds = 0): ProgressTracker {
  return new ProgressTracker({ packages, imageSeconds });
}

describe("ProgressTracker", () => {
  it("keeps packages apart that are built in parallel", () => {
    const build = tracker([planned("a", 10), planned("b", 10)]);
    build.start("a", "build", 0);
    build.start("b", "build", 2000);
    expect(build.snapshot(3000).running).toEqual([
      { package: "a", step: "build", startedAt: 0 },
      { package: "b", step: "build", startedAt: 2000 },
    ]);
    build.end("a", "build", 4000);
    build.start("a", "install-target", 4000);
    build.end("b", "build", 7000);
    build.end("a", "install-target", 8000);
    expect(build.snapshot(8000)).toMatchObject({ packages: { done: 1, total: 2 }, running: [] });
    expect([...build.finishedSeconds()]).toEqual([["a", 8]]);
    build.start("b", "install-target", 8000);
    build.end("b", "install-target", 9000);
    expect([...build.finishedSeconds()]).toEqual([
      ["a", 8],
      ["b", 6],
    ]);
  });

  it("a package is done once each of its last steps is, in any order", () => {
    const build = tracker([planned("lib", 5, { lastSteps: ["install-staging", "install-target"] })]);
    build.start("lib", "install-target", 0);
    build.end("lib", "install-target", 1000);
    expect(build.snapshot(1000).packages.done).toBe(0);
    build.start("lib", "install-staging", 1000);
    build.end("lib", "install-staging", 2000);
    expect(build.snapshot(2000).packages.done).toBe(1);
  });

  it("what an earlier run built counts as done and not as work, until it is built anew", () => {
    const build = tracker([planned("old", 100, { done: true }), planned("new", 100)]);
    expect(build.snapshot(0)).toMatchObject({ packages: { done: 1, total: 2 }, fraction: 0.5, remainingSeconds: 100 });
    expect(build.finishedSeconds().size).toBe(0);
    build.start("old", "build", 0);
    expect(build.snapshot(0)).toMatchObject({ packages: { done: 0, total: 2 }, fraction: 0, remainingSeconds: 200 });
  });

  it("learns the machine's speed", () => {
    const left = (secondsEach: number): number => {
      const build = tracker(Array.from({ length: 10 }, (_, index) => planned(`p${index}`, 60)));
      for (let index = 0; index < 5; index++) {
        build.start(`p${index}`, "install-target", index * secondsEach * 1000);
        build.end(`p${index}`, "install-target", (index + 1) * secondsEach * 1000);
      }
      return build.snapshot(5 * secondsEach * 1000).remainingSeconds!;
    };
    // Five of ten are done; 300 seconds are expected for the others.
    expect(left(60)).toBe(300);
    expect(left(120)).toBeGreaterThan(500);
    expect(left(120)).toBeLessThanOrEqual(600);
    expect(left(30)).toBeLessThan(180);
    expect(left(30)).toBeGreaterThanOrEqual(150);
  });

  it("the time before the first step is make's own, and no sign of a slow machine", () => {
    const build = tracker([planned("a", 60)]);
    expect(build.snapshot(500_000).remainingSeconds).toBe(60);
    build.start("a", "build", 500_000);
    expect(build.snapshot(530_000).remainingSeconds).toBe(30);
  });

  it("a step that takes longer than expected is never more than nearly done, and what follows is expected to be slow", () => {
    const build = tracker([planned("slow", 10), planned("next", 10)]);
    build.start("slow", "build", 0);
    const early = build.snapshot(9000);
    const late = build.snapshot(200_000);
    expect(late.fraction).toBeLessThan(0.5);
    expect(late.remainingSeconds!).toBeGreaterThan(early.remainingSeconds!);
  });

  it("counts packages that nobody had planned", () => {
    const build = tracker([planned("a", 10)]);
    build.start("host-surprise", "install-host", 0);
    expect(build.snapshot(0).packages).toEqual({ done: 0, total: 2 });
    build.end("host-surprise", "install-host", 1000);
    expect(build.snapshot(1000).packages).toEqual({ done: 1, total: 2 });
  });

  it("without a plan it counts, and estimates nothing", () => {
    const build = tracker(undefined);
    build.start("a", "install-target", 0);
    build.end("a", "install-target", 10);
    expect(build.snapshot(10)).toEqual({
      packages: { done: 1, total: undefined },
      running: [],
      fraction: undefined,
      remainingSeconds: undefined,
    });
  });

  it("an end without a begin, or of another step, breaks nothing", () => {
    const build = tracker([planned("a", 10)]);
    build.end("a", "build", 500);
    build.start("a", "configure", 1000);
    build.end("a", "build", 2000);
    expect(build.snapshot(2000).running).toEqual([{ package: "a", step: "configure", startedAt: 1000 }]);
  });

  it("whatever comes in whatever order: figures that can be", () => {
    const names = ["a", "b", "c", "d", "unplanned"];
    const steps = ["extract", "build", "install-staging", "install-target"];
    const mark = fc.record({
      start: fc.boolean(),
      name: fc.constantFrom(...names),
      step: fc.constantFrom(...steps),
      wait: fc.integer({ min: 0, max: 100_000 }),
    });
    fc.assert(
      fc.property(fc.array(mark, { maxLength: 60 }), fc.integer({ min: 0, max: 60 }), (marks, imageSeconds) => {
        const plan = [planned("a", 0), planned("b", 30), planned("c", 600, { done: true }), planned("d", 1)];
        const build = new ProgressTracker({ packages: plan, imageSeconds });
        let at = 0;
        for (const { start, name, step, wait } of marks) {
          at += wait;
          if (start) build.start(name, step, at);
          else build.end(name, step, at);
          const { packages, running, fraction, remainingSeconds } = build.snapshot(at);
          expect(packages.done).toBeLessThanOrEqual(packages.total!);
          expect(new Set(running.map((one) => one.package)).size).toBe(running.length);
          expect(fraction).toBeGreaterThanOrEqual(0);
          expect(fraction).toBeLessThanOrEqual(1);
          expect(remainingSeconds).toBeGreaterThanOrEqual(0);
          expect(Number.isFinite(remainingSeconds)).toBe(true);
        }
      }),
    );
  });
});
