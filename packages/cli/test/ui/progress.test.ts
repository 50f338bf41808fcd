import type { BuildrootEvent } from "@ipa-br/buildroot";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createProgress, displayMode } from "../../src/ui/progress.js";
import { testIo } from "../support/io.js";

const step = { type: "step", at: 0, package: "busybox", version: "1.37.0", step: "Building" } as const;
const line = { type: "line", text: "  CC main.o" } as const;

function progressAt(done: number, remainingSeconds: number): BuildrootEvent {
  return { type: "progress", at: 0, packages: { done, total: 143 }, running: [], fraction: 0.25, remainingSeconds };
}

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

  it("plain: with how many packages are done and what is left, once that is known", () => {
    const io = testIo();
    const progress = createProgress(io, "plain", clock());
    progress.event(progressAt(36, 25 * 60));
    progress.event(step);
    progress.event(progressAt(37, 2 * 3600 + 62));
    progress.event({ ...step, step: "Installing to target" });
    progress.event(progressAt(143, 20));
    progress.event({ ...step, package: undefined, version: undefined, step: "Finalizing target directory" });
    expect(io.err().split("\n")).toEqual([
      "[   1.5 s] 36/143, about 25 min left: busybox 1.37.0 Building",
      "[   3.0 s] 37/143, about 2 h 01 min left: busybox 1.37.0 Installing to target",
      "[   4.5 s] 143/143, under a minute left: Finalizing target directory",
      "",
    ]);
  });

  it("verbose: make's own lines too", () => {
    const io = testIo();
    createProgress(io, "verbose", clock()).event(line);
    expect(io.err()).toBe("  CC main.o\n");
  });

  it("json: every event as a line on stdout, with the version of the schema", () => {
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
    ).toEqual([
      { schema: 1, ...step },
      { schema: 1, ...line },
    ]);
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

describe("displayMode", () => {
  const env = { PATH: "/bin", TERM: "xterm" };
  it.each([
    ["live", { tty: true, env }, {}],
    ["plain", { tty: false, env }, {}],
    ["plain", { tty: true, env: { ...env, TERM: "dumb" } }, {}],
    ["verbose", { tty: true, env }, { verbose: true }],
    ["json", { tty: true, env }, { verbose: true, json: true }],
  ] as const)("%s", (mode, io, options) => {
    expect(displayMode(testIo(io), options)).toBe(mode);
  });
});

describe("the live display's writes", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("are few, however many events come, and none without a change", () => {
    const io = testIo({ tty: true });
    const writes = vi.spyOn(io.stderr, "write");
    const progress = createProgress(io, "live", () => Date.now());
    for (let count = 0; count < 5000; count++) progress.event(progressAt(count % 143, 300));
    vi.advanceTimersByTime(99);
    expect(writes.mock.calls.length).toBe(1);
    vi.advanceTimersByTime(1);
    expect(writes.mock.calls.length).toBe(2);
    vi.advanceTimersByTime(10_000);
    // The clock goes on in tenths of seconds, drawn twice a second.
    expect(writes.mock.calls.length).toBeLessThanOrEqual(23);
    progress.end();
    const written = writes.mock.calls.length;
    vi.advanceTimersByTime(10_000);
    expect(writes.mock.calls.length).toBe(written);
    expect(process.listenerCount("SIGCONT")).toBe(0);
  });

  it("leave nothing on a terminal where no build began", () => {
    const io = testIo({ tty: true });
    const progress = createProgress(io, "live", () => Date.now());
    progress.event({ type: "command", command: ["make", "olddefconfig"], pid: 1, at: 0 });
    vi.advanceTimersByTime(5000);
    progress.end();
    expect(io.err()).toBe("");
  });
});
