import { describe, expect, it } from "vitest";
import { createProgress } from "../../src/ui/progress.js";
import { testIo } from "../support/io.js";

const step = { type: "step", at: 0, package: "busybox", version: "1.37.0", step: "Building" } as const;
const line = { type: "line", text: "  CC main.o" } as const;

/** A clock that is 1.5 s later each time. */
function clock(): () => number {
  let now = -1500;
  return () => (now += 1500);
}

describe("createProgress", () => {
  it("plain: a line per step on stderr, nothing on stdout", () => {
    const io = testIo();
    const progress = createProgress(io, "plain", clock());
    progress.event(step);
    progress.event(line);
    progress.event({ ...step, package: undefined, version: undefined, step: "Finalizing target directory" });
    progress.end();
    expect(io.err()).toBe("[   1.5 s] busybox 1.37.0 Building\n[   3.0 s] Finalizing target directory\n");
    expect(io.out()).toBe("");
  });

  it("live: one line that is cleared at the end", () => {
    const io = testIo({ tty: true });
    const progress = createProgress(io, "live", clock());
    progress.event(step);
    progress.event({ ...step, step: "x".repeat(200) });
    progress.end();
    const shown = io.err().split("\r\u001B[K");
    expect(shown.at(-1)).toBe("");
    expect(shown.every((text) => text.length < 100)).toBe(true);
    expect(io.err()).not.toContain("\n");
  });

  it("verbose: make's own lines too", () => {
    const io = testIo();
    createProgress(io, "verbose", clock()).event(line);
    expect(io.err()).toBe("  CC main.o\n");
  });

  it("json: every event as a line on stdout", () => {
    const io = testIo();
    const progress = createProgress(io, "json");
    progress.event(step);
    progress.event(line);
    expect(
      io
        .out()
        .trimEnd()
        .split("\n")
        .map((text) => JSON.parse(text) as unknown),
    ).toEqual([step, line]);
    expect(io.err()).toBe("");
  });

  it("shows warnings whatever the mode", () => {
    const io = testIo();
    const progress = createProgress(io, "plain", clock());
    progress.event({ type: "warning", code: "JOBS_PER_PACKAGE", message: "held by elsewhere" });
    progress.event({ type: "lock-recovered", path: "/o/lock", reason: "process 7 is dead" });
    expect(io.err()).toBe("warning: held by elsewhere\nwarning: took over /o/lock: process 7 is dead\n");
  });
});
