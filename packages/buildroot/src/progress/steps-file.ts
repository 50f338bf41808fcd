import { watch, type FSWatcher } from "node:fs";
import { open, writeFile, type FileHandle } from "node:fs/promises";

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
  readonly #file: FileHandle;
  readonly #watcher: FSWatcher | undefined;
  readonly #timer: NodeJS.Timeout;
  #position = 0;
  #rest = "";
  #reading: Promise<void> | undefined;
  #again = false;

  private constructor(path: string, file: FileHandle, onMark: (mark: StepMark) => void) {
    this.#file = file;
    this.#onMark = onMark;
    this.#watcher = startWatching(path, () => this.#look());
    this.#timer = setInterval(() => this.#look(), pollMs);
    this.#timer.unref();
  }

  /** Empties the file and follows it. */
  static async begin(path: string, onMark: (mark: StepMark) => void): Promise<StepsFollower> {
    await writeFile(path, "");
    return new StepsFollower(path, await open(path, "r"), onMark);
  }

  /** Reads what is left, then lets go. */
  async end(): Promise<void> {
    this.#watcher?.close();
    clearInterval(this.#timer);
    await this.#reading;
    await this.#read();
    await this.#file.close();
  }

  #look(): void {
    if (this.#reading !== undefined) {
      this.#again = true;
      return;
    }
    this.#reading = this.#read().finally(() => {
      this.#reading = undefined;
      if (!this.#again) return;
      this.#again = false;
      this.#look();
    });
  }

  async #read(): Promise<void> {
    const piece = Buffer.alloc(16 * 1024);
    for (;;) {
      const { bytesRead } = await this.#file
        .read(piece, 0, piece.length, this.#position)
        .catch(() => ({ bytesRead: 0 }));
      if (bytesRead === 0) return;
      this.#position += bytesRead;
      const lines = (this.#rest + piece.toString("utf8", 0, bytesRead)).split("\n");
      this.#rest = lines.pop() ?? "";
      for (const line of lines) {
        const mark = parseStepMark(line);
        if (mark !== undefined) this.#onMark(mark);
      }
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
