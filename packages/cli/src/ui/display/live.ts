import type { BuildrootEvent } from "@ipa-br/buildroot";
import type { Io } from "../../io.js";
import type { Progress } from "../progress.js";
import { warningOf } from "./warning.js";
import { Screen } from "./screen.js";
import { type BuildView, frame, viewAfter } from "./view.js";

/** The seconds of running steps go on without events. */
const tickMs = 500;
/** Many small steps a second need not be drawn each. */
const leastMs = 100;

/** A block of lines on a terminal: how far the build is, how long it takes still, and what runs since when. */
export function liveProgress(io: Io, now: () => number): Progress {
  const screen = new Screen(io.stderr);
  let view: BuildView = { startedAt: now(), progress: undefined, step: undefined };
  let timer: NodeJS.Timeout | undefined;
  let soon: NodeJS.Timeout | undefined;
  let drawnAt = Number.NEGATIVE_INFINITY;

  const draw = (above: readonly string[] = []): void => {
    clearTimeout(soon);
    soon = undefined;
    drawnAt = now();
    screen.draw(frame(view, drawnAt, screen.columns, screen.rows), above);
  };
  const drawSoon = (): void => {
    const wait = leastMs - (now() - drawnAt);
    if (wait <= 0) draw();
    else soon ??= setTimeout(draw, wait);
  };
  const drawNow = (): void => draw();
  // After Ctrl+Z and fg the cursor is below what the shell wrote.
  const resumed = (): void => {
    screen.forget();
    draw();
  };
  const begin = (): void => {
    if (timer !== undefined) return;
    timer = setInterval(draw, tickMs);
    io.stderr.on("resize", drawNow);
    process.on("SIGCONT", resumed);
  };
  return {
    event(event: BuildrootEvent) {
      view = viewAfter(view, event);
      const warning = warningOf(event);
      if (warning !== undefined) {
        if (timer === undefined) io.stderr.write(`${warning}\n`);
        else draw([warning]);
      }
      if (event.type !== "progress" && event.type !== "step") return;
      begin();
      drawSoon();
    },
    end() {
      clearInterval(timer);
      clearTimeout(soon);
      timer = undefined;
      soon = undefined;
      io.stderr.off("resize", drawNow);
      process.off("SIGCONT", resumed);
      screen.clear();
    },
  };
}
