import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseBuildTimes, secondsByPackage, type TimedStep } from "../../src/progress/build-times.js";

/** As package/pkg-generic.mk writes it. */
const write = (at: number, phase: "start" | "end", step: string, name: string): string =>
  `${Math.floor(at / 1000)}.${String(at % 1000).padStart(3, "0")}000000:${phase.padEnd(5)}:${step.padEnd(20)}: ${name}`;

describe("parseBuildTimes", () => {
  it("reads the lines of packages that were built in parallel", () => {
    const text = [
      write(1000, "start", "build", "zlib"),
      write(1500, "start", "build", "host-gmp"),
      write(3250, "end", "build", "zlib"),
      write(9000, "end", "build", "host-gmp"),
    ].join("\n");
    expect(parseBuildTimes(`${text}\n`)).toEqual([
      { package: "zlib", step: "build", startedAt: 1000, seconds: 2.25 },
      { package: "host-gmp", step: "build", startedAt: 1500, seconds: 7.5 },
    ]);
  });

  it("leaves out what has no end, no begin, or makes no sense", () => {
    const text = [
      write(1000, "start", "build", "failed"),
      write(2000, "end", "install-target", "headless"),
      "1764100000.12",
      "not a line",
      write(3000, "start", "extract", "cut").slice(0, 30),
    ].join("\n");
    expect(parseBuildTimes(text)).toEqual([]);
  });

  it("whatever steps were written, they are read", () => {
    const step = fc.record({
      package: fc.stringMatching(/^[a-z][a-z0-9.+-]{0,20}$/),
      step: fc.constantFrom("extract", "patch", "configure", "build", "install-staging", "install-target"),
      startedAt: fc.integer({ min: 0, max: 2 ** 41 }),
      took: fc.integer({ min: 0, max: 10_000_000 }),
    });
    const unique = fc.uniqueArray(step, { selector: (one) => `${one.package} ${one.step}`, maxLength: 30 });
    fc.assert(
      fc.property(unique, (steps) => {
        const marks = steps.flatMap((one) => [
          { at: one.startedAt, order: 0, line: write(one.startedAt, "start", one.step, one.package) },
          {
            at: one.startedAt + one.took,
            order: 1,
            line: write(one.startedAt + one.took, "end", one.step, one.package),
          },
        ]);
        marks.sort((one, two) => one.at - two.at || one.order - two.order);
        const key = ({ package: name, step: what }: Pick<TimedStep, "package" | "step">): string => `${name} ${what}`;
        const read = new Map(parseBuildTimes(marks.map(({ line }) => line).join("\n")).map((one) => [key(one), one]));
        expect(read.size).toBe(steps.length);
        for (const one of steps)
          expect(read.get(key(one))).toMatchObject({ startedAt: one.startedAt, seconds: one.took / 1000 });
      }),
    );
  });
});

describe("secondsByPackage", () => {
  const took = (name: string, step: string, seconds: number): TimedStep => ({
    package: name,
    step,
    startedAt: 0,
    seconds,
  });

  it("adds up steps, and of a package built twice takes each step's last time", () => {
    const steps = [
      took("a", "build", 10),
      took("a", "install-target", 1),
      took("b", "build", 2),
      took("a", "build", 4),
    ];
    expect([...secondsByPackage(steps)]).toEqual([
      ["a", 5],
      ["b", 2],
    ]);
  });
});
