import type { BuildrootEvent } from "@ipa-br/buildroot";
import type { Io } from "../io.js";
import { liveProgress } from "./display/live.js";
import { type BuildView, stepLine, viewAfter } from "./display/view.js";
import { warningOf } from "./display/warning.js";
import { printEvent } from "./events.js";

/** Shows a build while it runs. */
export interface Progress {
  event(event: BuildrootEvent): void;
  /** Leaves the screen ready for other text. */
  end(): void;
}

export type ProgressMode = "plain" | "live" | "verbose" | "json";

/** Live on a terminal, a line per step elsewhere; `verbose` shows make's own output, `json` prints the events. */
export function createProgress(io: Io, mode: ProgressMode, now: () => number = Date.now): Progress {
  if (mode === "json") return { event: (event) => printEvent(io, event), end() {} };
  if (mode === "live") return liveProgress(io, now);
  let view: BuildView = { startedAt: now(), progress: undefined, step: undefined };
  return {
    event(event) {
      view = viewAfter(view, event);
      const line =
        event.type === "step"
          ? stepLine(view, event, now())
          : event.type === "line" && mode === "verbose"
            ? event.text
            : warningOf(event);
      if (line !== undefined) io.stderr.write(`${line}\n`);
    },
    end() {},
  };
}

/** How a build is to be shown: as it was asked for, else by what the terminal can do. */
export function displayMode(io: Io, options: { readonly json?: boolean; readonly verbose?: boolean }): ProgressMode {
  if (options.json === true) return "json";
  if (options.verbose === true) return "verbose";
  return io.stderr.isTTY === true && io.env["TERM"] !== "dumb" ? "live" : "plain";
}
