import type { BuildrootEvent, Step } from "@ipa-br/buildroot";
import type { Io } from "../io.js";
import { formatSeconds } from "./format.js";

/** Shows a build while it runs. */
export interface Progress {
  event(event: BuildrootEvent): void;
  /** Leaves the screen ready for other text. */
  end(): void;
}

export type ProgressMode = "plain" | "live" | "verbose" | "json";

/** Live on a terminal, a line per step elsewhere; `verbose` shows make's own output, `json` prints the events. */
export function createProgress(io: Io, mode: ProgressMode, now: () => number = Date.now): Progress {
  if (mode === "json") return jsonProgress(io);
  const startedAt = now();
  const clock = () => `[${formatSeconds((now() - startedAt) / 1000).padStart(8)}]`;
  const live = mode === "live";
  let shown = false;

  const clear = () => {
    if (shown) io.stderr.write("\r\u001B[K");
    shown = false;
  };
  return {
    event(event) {
      if (event.type === "step") {
        const line = `${clock()} ${stepText(event)}`;
        clear();
        if (live) {
          io.stderr.write(line.slice(0, (io.stderr.columns ?? 80) - 1));
          shown = true;
        } else io.stderr.write(`${line}\n`);
      } else if (event.type === "line" && mode === "verbose") io.stderr.write(`${event.text}\n`);
      else if (event.type === "warning" || event.type === "lock-recovered") {
        clear();
        io.stderr.write(
          `warning: ${event.type === "warning" ? event.message : `took over ${event.path}: ${event.reason}`}\n`,
        );
      } else if (event.type === "stopping" && event.signal === "SIGTERM") {
        clear();
        io.stderr.write(`stopping ${event.pids.length} processes\n`);
      }
    },
    end: clear,
  };
}

function jsonProgress(io: Io): Progress {
  return {
    event(event) {
      io.stdout.write(`${JSON.stringify(event)}\n`);
    },
    end() {},
  };
}

function stepText(step: Step): string {
  return [step.package, step.version, step.step].filter((part) => part !== undefined && part !== "").join(" ");
}
