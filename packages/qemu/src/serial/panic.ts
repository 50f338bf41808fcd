/** A kernel panic that was seen. */
export interface Panic {
  /** What the kernel says behind "not syncing:". */
  readonly cause: string;
  /** From the oops before it, if there was one, to the last line printed. */
  readonly trace: string;
  /** True when the kernel printed its closing line or started again: nothing more comes. */
  readonly complete: boolean;
}

const panicLine = /Kernel panic - not syncing: ?(.*)/;
const endLine = /---\[ end Kernel panic/;
/** How an oops, which often is what a panic comes from, begins (the kernel's bug-hunting guide). */
const oopsLine = /\b(BUG: |Oops: |general protection fault|invalid opcode: |Internal error: |cut here )/;
/** A kernel's first line: the guest started again. */
const bootLine = /\bLinux version \d/;

/** Lines before the panic in which its oops is looked for, and lines of the trace that are kept. */
const contextLines = 80;
const traceLines = 200;

/** Watches readable console text for a kernel panic. */
export interface PanicWatch {
  /** Takes the next piece. */
  add(plain: string): void;
  /** The panic that the guest is in; undefined if it runs, or runs again. */
  readonly panic: Panic | undefined;
  /** The last panic, also where the guest started again behind it: with `panic=-1` that is a matter of milliseconds. */
  readonly last: Panic | undefined;
  /** Panics seen so far. */
  readonly count: number;
}

/** A watch at the start of a console. */
export function createPanicWatch(): PanicWatch {
  let rest = "";
  let before: string[] = [];
  let cause: string | undefined;
  let trace: string[] = [];
  let complete = false;
  let over = true;
  let count = 0;

  const onLine = (line: string): void => {
    if (bootLine.test(line)) {
      before = [];
      over = true;
    }
    const match = over ? panicLine.exec(line) : null;
    if (match !== null) {
      cause = match[1] ?? "";
      complete = false;
      over = false;
      count += 1;
      const oops = before.findIndex((text) => oopsLine.test(text));
      trace = oops === -1 ? [] : before.slice(oops);
    }
    if (over) before = [...before.slice(-contextLines), line];
    else if (!complete && trace.length < traceLines) trace.push(line);
    if (!over && endLine.test(line)) complete = true;
  };
  const last = (): Panic | undefined =>
    cause === undefined ? undefined : { cause, trace: trace.join("\n"), complete: complete || over };

  return {
    add(plain) {
      const lines = (rest + plain).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) onLine(line);
    },
    get panic() {
      return over ? undefined : last();
    },
    get last() {
      return last();
    },
    get count() {
      return count;
    },
  };
}
