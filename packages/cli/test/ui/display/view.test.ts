import { describe, expect, it } from "vitest";
import { type BuildView, frame } from "../../../src/ui/display/view.js";

const minute = 60_000;
const running = (...names: string[]) =>
  names.map((name, index) => ({ package: name, step: "build", startedAt: index * 1000 }));

function view(more: Partial<NonNullable<BuildView["progress"]>> = {}): BuildView {
  return {
    startedAt: 0,
    step: { package: undefined, version: undefined, step: "Finalizing target directory" },
    progress: {
      at: 2 * minute,
      packages: { done: 37, total: 143 },
      running: running("host-gcc-final", "zlib"),
      fraction: 0.26,
      remainingSeconds: 1500,
      ...more,
    },
  };
}

describe("frame", () => {
  it("shows the time, a bar, packages, time left, and each running step with its own time", () => {
    expect(frame(view(), 2 * minute, 120, 40)).toEqual([
      "[2 min 00 s]  [======>                 ]  37/143  26 %  about 25 min left",
      "  host-gcc-final  build  2 min 00 s",
      "  zlib            build  1 min 59 s",
    ]);
  });

  it("takes the time that went by off what is left, down to nothing", () => {
    expect(frame(view(), 12 * minute, 120, 40)[0]).toContain("about 15 min left");
    expect(frame(view(), 60 * minute, 120, 40)[0]).toContain("under a minute left");
  });

  it("shows what is done between packages", () => {
    expect(frame(view({ running: [] }), 2 * minute, 120, 40)[1]).toBe("  Finalizing target directory");
  });

  it("says what is known where show-info could not tell", () => {
    const unknown = { packages: { done: 3, total: undefined }, fraction: undefined, remainingSeconds: undefined };
    expect(frame(view({ ...unknown, running: [] }), minute, 120, 40)[0]).toBe("[1 min 00 s]  3 packages");
  });

  it("a narrow terminal gets no bar", () => {
    expect(frame(view(), 2 * minute, 60, 40)[0]).toBe("[2 min 00 s]  37/143  26 %  about 25 min left");
  });

  it("many steps are counted instead of shown", () => {
    const names = Array.from({ length: 20 }, (_, index) => `package-${index}`);
    const lines = frame(view({ running: running(...names) }), minute, 120, 40);
    expect(lines).toHaveLength(9);
    expect(lines.at(-1)).toBe("  and 13 more");
  });

  it.each([
    [1, 1],
    [3, 1],
    [10, 2],
    [20, 5],
    [200, 60],
  ])("fits into %d columns and %d rows", (columns, rows) => {
    const names = Array.from({ length: 20 }, (_, index) => `a-package-with-a-rather-long-name-${index}`);
    const lines = frame(view({ running: running(...names) }), minute, columns, rows);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.length).toBeLessThanOrEqual(Math.max(1, rows - 1));
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(Math.max(1, columns - 1));
  });

  it("the bar is full only at the end", () => {
    const barOf = (fraction: number) => /\[([=> ]{24})\]/.exec(frame(view({ fraction }), 0, 120, 40)[0]!)?.[1];
    expect(barOf(0)).toBe(">".padEnd(24));
    expect(barOf(0.999)).toBe(`${"=".repeat(23)}>`);
    expect(barOf(1)).toBe("=".repeat(24));
  });
});
