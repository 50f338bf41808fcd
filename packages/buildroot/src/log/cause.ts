import type { FailureKind } from "../errors.js";
import type { Step } from "../types.js";
import { failureKind, parseMakeError, stampSteps, suspicious } from "./patterns.js";

/** Why a build failed, as far as its log tells. */
export interface Cause {
  readonly package: string | undefined;
  readonly version: string | undefined;
  readonly step: string | undefined;
  readonly kind: FailureKind;
  readonly lines: readonly string[];
}

interface Suspect {
  readonly turn: number;
  readonly kind: FailureKind;
  readonly line: string;
}

const linesPerStep = 12;
const suspectsKept = 120;
const recentKept = 5;
const stampTarget = /\/build\/([^/]+)\/\.stamp_(\w+)$/;

/** Reads a log once, line by line, keeping little of it, and names the cause at the end. */
export class CauseFinder {
  readonly #turns = new Map<string, { turn: number; step: Step }>();
  readonly #names = new Map<string, Step>();
  #turn = 0;
  #current: Step | undefined;
  #suspects: Suspect[] = [];
  #inTurn = 0;
  #recent: string[] = [];
  #failed: { line: string; directory: string; stamp: string } | undefined;
  #stopped: { line: string; text: string; kind: FailureKind; tail: readonly string[] } | undefined;
  #target: { line: string; tail: readonly string[] } | undefined;

  step(step: Step): void {
    this.#turn++;
    this.#inTurn = 0;
    this.#current = step;
    this.#recent = [];
    if (step.package === undefined) return;
    this.#turns.set(step.package, { turn: this.#turn, step });
    this.#names.set(step.version === undefined ? step.package : `${step.package}-${step.version}`, step);
  }

  line(line: string): void {
    if (this.#failed !== undefined || line === "") return;
    const error = parseMakeError(line);
    if (error !== undefined) this.#makeFailed(line, error);
    else this.#look(line);
  }

  /** Call it once make has failed. */
  result(): Cause {
    if (this.#failed !== undefined) return this.#packageCause(this.#failed);
    const {
      package: name,
      version,
      step,
    } = this.#current ?? { package: undefined, version: undefined, step: undefined };
    if (this.#stopped !== undefined && this.#target === undefined) {
      const { line, kind, tail } = this.#stopped;
      const suspects = this.#suspects.filter(({ turn }) => turn === this.#turn).map((one) => one.line);
      // Buildroot's explanation of legacy options stands above the line that stops.
      const before = suspects.length > 0 ? suspects : kind === "configuration" ? tail : [];
      return { package: undefined, version: undefined, step: undefined, kind, lines: [...before, line] };
    }
    const suspects = this.#suspects.filter(({ turn }) => turn === this.#turn);
    const told = suspects.length > 0 ? suspects.map((one) => one.line) : (this.#target?.tail ?? this.#recent);
    const kind = suspects[0]?.kind ?? "unknown";
    return { package: name, version, step, kind, lines: [...told, ...(this.#target ? [this.#target.line] : [])] };
  }

  #makeFailed(line: string, error: NonNullable<ReturnType<typeof parseMakeError>>): void {
    const stamp = error.target === undefined ? null : stampTarget.exec(error.target);
    if (stamp !== null) this.#failed = { line, directory: stamp[1]!, stamp: stamp[2]! };
    else if (error.text !== undefined && error.kind !== undefined)
      this.#stopped ??= { line, text: error.text, kind: error.kind, tail: [...this.#recent] };
    else if (error.target !== "_all") this.#target ??= { line, tail: [...this.#recent] };
  }

  #look(line: string): void {
    this.#recent.push(line);
    if (this.#recent.length > recentKept) this.#recent.shift();
    if (this.#inTurn >= linesPerStep || !suspicious.test(line)) return;
    const kind = failureKind(line);
    if (kind === undefined) return;
    this.#inTurn++;
    this.#suspects.push({ turn: this.#turn, kind, line });
    if (this.#suspects.length > suspectsKept) this.#suspects = this.#suspects.slice(-suspectsKept / 2);
  }

  #packageCause(failed: { line: string; directory: string; stamp: string }): Cause {
    const named = this.#names.get(failed.directory) ?? splitDirectory(failed.directory);
    const last = named.package === undefined ? undefined : this.#turns.get(named.package);
    // With parallel packages other steps have begun since; their lines cannot be told apart, so they count too.
    const suspects = this.#suspects.filter(({ turn }) => turn >= (last?.turn ?? this.#turn));
    const own = suspects.length > 0 ? suspects.slice(0, linesPerStep).map((one) => one.line) : this.#recent;
    return {
      package: named.package,
      version: named.version,
      step: last?.step.step ?? stampSteps[failed.stamp],
      kind: suspects[0]?.kind ?? "unknown",
      lines: [...own, failed.line],
    };
  }
}

/** A package that printed no step yet: its folder is `name-version`, and versions begin with a digit or a hash. */
function splitDirectory(directory: string): Step {
  const match = /^(.+?)-(v?\d[^/]*|[0-9a-f]{12,40})$/.exec(directory);
  return { package: match?.[1] ?? directory, version: match?.[2], step: "" };
}
