import { closeSync, openSync, readSync, watch, writeFileSync, type FSWatcher } from "node:fs";

/** One end of a step, as BR2_INSTRUMENTATION_SCRIPTS tells it (Buildroot manual, "Debugging Buildroot"). */
export interface StepMark {
  readonly phase: "start" | "end";
  readonly step: string;
  readonly package: string;
}

/** Should the system not tell of a change, it is looked for so often. */
const pollMs = 1000;

/** The script that Buildroot calls: it appends a line, which is whole whoever else appends, and never fails a build. */
export function instrumentationScript(stepsPath: string): string {
  return `#!/bin/sh
# Written by @ipa-br/buildroot for each build: tells which step of which package begins or ends.
{ printf '%s %s %s\\n' "$1" "$2" "$3" >>'${stepsPath}'; } 2>/dev/null
exit 0
`;
}

export function parseStepMark(line: string): StepMark | undefined {
  const [phase, step, name] = line.split(" ");
  if ((phase !== "start" && phase !== "end") || !step || !name) return undefined;
  return { phase, step, package: name };
}

/** Follows the file that the script appends to. */
export class StepsFollower {
  readonly #onMark: (mark: StepMark) => void;
  readonly #file: number;
  readonly #watcher: FSWatcher | undefined;
  readonly #timer: NodeJS.Timeout;
  readonly #piece = Buffer.alloc(16 * 1024);
  #position = 0;
  #rest = "";

  /** Empties the file and follows it. */
  constructor(path: string, onMark: (mark: StepMark) => void) {
    writeFileSync(path, "");
    this.#file = openSync(path, "r");
    this.#onMark = onMark;
    this.#watcher = startWatching(path, () => this.look());
    this.#timer = setInterval(() => this.look(), pollMs);
    this.#timer.unref();
  }

  /** Tells what has been appended until now. */
  look(): void {
    for (let length = this.#read(); length > 0; length = this.#read()) {
      this.#position += length;
      const lines = (this.#rest + this.#piece.toString("utf8", 0, length)).split("\n");
      this.#rest = lines.pop() ?? "";
      for (const line of lines) {
        const mark = parseStepMark(line);
        if (mark !== undefined) this.#onMark(mark);
      }
    }
  }

  /** Tells what is left, then lets go. */
  end(): void {
    this.#watcher?.close();
    clearInterval(this.#timer);
    this.look();
    closeSync(this.#file);
  }

  #read(): number {
    try {
      return readSync(this.#file, this.#piece, 0, this.#piece.length, this.#position);
    } catch {
      return 0;
    }
  }
}

/** Not everywhere can files be watched; then the timer has to do. */
function startWatching(path: string, onChange: () => void): FSWatcher | undefined {
  try {
    const watcher = watch(path, { persistent: false }, onChange);
    watcher.on("error", () => watcher.close());
    return watcher;
  } catch {
    return undefined;
  }
}
