import type { FailedStep, FailureKind } from "../errors.js";
import type { Step } from "../types.js";
import { attribute, isInterleaved, type MakeFailure, type StepTurn, type Suspect } from "./attribute.js";
import { judgeLine, parseMakeError, stampSteps, type Verdict } from "./patterns.js";
import type { ScannedLine } from "./scan.js";

/** Why a build failed, as far as its log tells. */
export interface Cause {
  readonly package: string | undefined;
  readonly version: string | undefined;
  readonly step: string | undefined;
  readonly kind: FailureKind;
  readonly lines: readonly string[];
  /** Where in the log, in bytes, the first of `lines` begins. */
  readonly offset: number | undefined;
  /** With parallel packages more than one may fail. */
  readonly alsoFailed: readonly FailedStep[];
}

const linesTold = 12;
const suspectsPerStep = 40;
const suspectsKept = 400;
const failuresKept = 200;
/** So many lines are told where none speaks of an error. */
export const recentTold = 5;
const stampTarget = /\/build\/([^/]+)\/\.stamp_(\w+)$/;
/** CMake's message follows its headline, indented, after an empty line at times. */
const headline = /^CMake Error\b.*:$/;
const linesAfterHeadline = 4;

interface Stamp {
  readonly line: ScannedLine;
  readonly directory: string;
  readonly stamp: string;
  readonly tail: readonly string[];
  readonly failure: MakeFailure;
  readonly killed: boolean;
}

interface Stop {
  readonly line: ScannedLine;
  readonly tail: readonly string[];
  readonly kind: FailureKind | undefined;
}

/** Takes the lines of a log that may matter, keeps little of them, and names the cause at the end. */
export class CauseFinder {
  /** The last step of each package. */
  readonly #turns = new Map<string, StepTurn>();
  readonly #names = new Map<string, Step>();
  #turn = 0;
  #current: Step | undefined;
  #suspects: Suspect[] = [];
  #inTurn = 0;
  #failures: MakeFailure[] = [];
  #failed: Stamp | undefined;
  readonly #others: Stamp[] = [];
  #stopped: Stop | undefined;
  #target: Stop | undefined;
  #after = 0;

  step(step: Step): void {
    this.#turn++;
    this.#inTurn = 0;
    this.#current = step;
    if (step.package === undefined) return;
    this.#turns.set(step.package, { turn: this.#turn, step });
    this.#names.set(step.version === undefined ? step.package : `${step.package}-${step.version}`, step);
  }

  /** Tells how many of the following lines it wants, whatever is in them. */
  line(line: ScannedLine): number {
    if (line.text === "") return this.#after;
    const error = parseMakeError(line.text);
    if (error !== undefined) this.#makeFailed(line, error);
    else if (this.#failed === undefined) return this.#look(line);
    return 0;
  }

  /** Call it once make has failed. `lastLines` are the log's, for a failure of which nothing else tells. */
  result(lastLines: readonly string[] = []): Cause {
    if (this.#failed !== undefined) return this.#packageCause(this.#failed);
    if (this.#stopped !== undefined && this.#target === undefined) return this.#stopCause(this.#stopped);
    const { package: name, version, step } = this.#current ?? {};
    const suspects = this.#suspects.filter(({ turn }) => turn === this.#turn);
    const known = chosen(suspects);
    const kind = known[0]?.verdict.kind ?? "unknown";
    const told = known.length > 0 ? known.map(({ text }) => text) : (this.#target?.tail ?? linesSinceStep(lastLines));
    return {
      package: name,
      version,
      step,
      kind: kind === "unknown" && /^Executing .* script /.test(step ?? "") ? "script" : kind,
      lines: [...told, ...(this.#target ? [this.#target.line.text] : [])],
      offset: known[0]?.offset ?? this.#target?.line.offset,
      alsoFailed: [],
    };
  }

  #makeFailed(line: ScannedLine, error: NonNullable<ReturnType<typeof parseMakeError>>): void {
    const { level, target, killed } = error;
    const failure: MakeFailure = { level, target, turn: this.#turn, offset: line.offset };
    const stamp = target === undefined ? null : stampTarget.exec(target);
    const tail = (): readonly string[] => linesSinceStep(line.before(recentTold));
    if (stamp !== null) {
      const found: Stamp = { line, directory: stamp[1]!, stamp: stamp[2]!, tail: tail(), failure, killed };
      if (this.#failed === undefined) this.#failed = found;
      else this.#others.push(found);
    } else if (this.#failed !== undefined) return;
    // In a package's own makefiles either may be the cause itself.
    if (stamp === null && killed) this.#suspect(line, { kind: "memory", strong: true });
    else if (stamp === null && error.text !== undefined && this.#current?.package !== undefined)
      this.#suspect(line, { kind: error.kind ?? "makefile", strong: true });
    if (stamp !== null) return;
    if (error.text !== undefined && error.kind !== undefined)
      this.#stopped ??= { line, kind: error.kind, tail: tail() };
    else if (target !== "_all") {
      // In a make below the package's own it is a consequence, and the package's stamp is to come.
      this.#failures.push(failure);
      if (this.#failures.length > failuresKept) this.#failures = this.#failures.slice(-failuresKept / 2);
      if (level <= 1) this.#target ??= { line, kind: undefined, tail: tail() };
    }
  }

  #look(line: ScannedLine): number {
    const follows = this.#after > 0 && /^\s+\S/.test(line.text);
    this.#after = Math.max(0, this.#after - 1);
    const verdict = follows ? this.#suspects.at(-1)?.verdict : judgeLine(line.text);
    if (verdict === undefined) return this.#after;
    this.#suspect(line, verdict);
    if (headline.test(line.text)) this.#after = linesAfterHeadline;
    return this.#after;
  }

  #suspect({ text, offset }: ScannedLine, verdict: Verdict): void {
    if (this.#inTurn >= suspectsPerStep) return;
    this.#inTurn++;
    this.#suspects.push({ turn: this.#turn, verdict, text, offset });
    if (this.#suspects.length > suspectsKept) this.#suspects = this.#suspects.slice(-suspectsKept / 2);
  }

  /** A makefile that stopped by itself, before or instead of any package. */
  #stopCause({ line, kind = "unknown", tail }: Stop): Cause {
    const suspects = this.#suspects.filter(({ turn }) => turn === this.#turn);
    // Buildroot's explanation of legacy options stands above the line that stops.
    const legacy = /legacy config/.test(line.text);
    const before = suspects.length > 0 ? suspects.map(({ text }) => text) : legacy ? tail : [];
    return {
      package: undefined,
      version: undefined,
      step: undefined,
      kind: suspects[0]?.verdict.kind ?? kind,
      lines: [...before.slice(0, linesTold), line.text],
      offset: suspects[0]?.offset ?? line.offset,
      alsoFailed: [],
    };
  }

  #packageCause(failed: Stamp): Cause {
    const named = this.#stepOf(failed);
    const own = named.package === undefined ? undefined : this.#turns.get(named.package);
    const begun = own?.turn ?? this.#turn;
    const window = this.#suspects.filter(({ turn }) => turn >= begun);
    const suspects = isInterleaved([...this.#turns.values()], own)
      ? attribute(window, this.#failures, failed)
      : chosen(window);
    const kind = suspects[0]?.verdict.kind ?? (failed.killed ? "memory" : "unknown");
    const told = suspects.length > 0 ? suspects.slice(0, linesTold).map(({ text }) => text) : failed.tail;
    return {
      ...named,
      kind,
      lines: [...told, failed.line.text],
      offset: suspects[0]?.offset ?? failed.line.offset,
      alsoFailed: this.#others.map((other) => this.#stepOf(other)),
    };
  }

  #stepOf({ directory, stamp }: Stamp): FailedStep {
    const { package: name, version } = this.#names.get(directory) ?? splitDirectory(directory);
    const last = name === undefined ? undefined : this.#turns.get(name);
    const byStamp = stampSteps[stamp];
    // A step that says nothing (a download of a file that is there) leaves the message of the one before.
    const said = last?.step.step;
    const silent = byStamp === "Downloading" && said !== byStamp;
    return { package: name, version, step: silent ? byStamp : (said ?? byStamp) };
  }
}

function linesSinceStep(lines: readonly string[]): readonly string[] {
  return lines.slice(lines.findLastIndex((line) => line.startsWith(">>> ")) + 1).filter((line) => line !== "");
}

/** From the first strong suspect on, else from the first. */
function chosen(suspects: readonly Suspect[]): readonly Suspect[] {
  const first = suspects.findIndex(({ verdict }) => verdict.strong);
  return suspects.slice(Math.max(first, 0), Math.max(first, 0) + linesTold);
}

/** A package that printed no step yet: its folder is `name-version`, and versions begin with a digit or a hash. */
function splitDirectory(directory: string): Step {
  const match = /^(.+?)-(v?\d[^/]*|[0-9a-f]{12,40})$/.exec(directory);
  return { package: match?.[1] ?? directory, version: match?.[2], step: "" };
}
