import type { ChildProcess, StdioOptions } from "node:child_process";
import { randomUUID } from "node:crypto";
import { getBuiltinModule, kill } from "node:process";
import { throwIfAborted, type AbortSignalLike } from "../base/abort.js";
import type { ShellResult } from "../base/host.js";
import { KconfigError } from "../errors.js";
import type { ShellPlace } from "./shell-cache.js";
import { shellArguments } from "./shell-arguments.js";
import { outputLimit, shellUnavailable } from "./shell-limits.js";

interface Task {
  readonly command: string;
  readonly resolve: (result: ShellResult) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Runs commands by `/bin/sh`, at most `jobs` at once. A process of some size takes longer to start another one than most
 * commands take to run: few shells are started, and each of them starts one command after the other.
 */
export class ShellRunner {
  readonly #place: ShellPlace;
  readonly #signal: AbortSignal | undefined;
  readonly #jobs: number;
  readonly #waiting: Task[] = [];
  readonly #idle: Shell[] = [];
  readonly #children = new Set<ChildProcess>();
  #busy = 0;
  readonly #abort = (): void => {
    for (const child of this.#children) killGroup(child);
  };

  constructor(place: ShellPlace, jobs: number, signal: AbortSignalLike | undefined) {
    this.#place = place;
    this.#jobs = Math.max(1, jobs);
    this.#signal = signal instanceof AbortSignal ? signal : undefined;
    this.#signal?.addEventListener("abort", this.#abort, { once: true });
  }

  run(command: string): Promise<ShellResult> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ command, resolve, reject });
      this.#start();
    });
  }

  /** Ends the shells, and whatever still runs. */
  close(): void {
    this.#signal?.removeEventListener("abort", this.#abort);
    for (const shell of this.#idle.splice(0)) {
      this.#children.delete(shell.child);
      shell.end();
    }
    for (const child of this.#children) killGroup(child);
  }

  /** Starts what waits, as far as there are jobs. */
  #start(): void {
    while (this.#waiting.length > 0 && this.#busy < this.#jobs) {
      void this.#serve(this.#waiting.shift()!);
    }
  }

  async #serve({ command, resolve, reject }: Task): Promise<void> {
    this.#busy++;
    try {
      this.#throwIfAborted();
      resolve((await this.#byShell(command)) ?? (await this.#alone(command)));
    } catch (error) {
      reject(KconfigError.is(error) ? error : shellUnavailable(command, error as Error));
    }
    this.#busy--;
    this.#start();
  }

  /** `undefined` where the shell takes no such command, or ended with it. */
  async #byShell(command: string): Promise<ShellResult | undefined> {
    // What a command leaves running may still have something to say, which is no answer to the next one.
    if (/[\n\0]|(?<![&>])&(?![&>])|[^\0-\x7f]/.test(command)) return undefined;
    const shell = this.#idle.pop() ?? new Shell((args) => this.#spawn(args, ["pipe", "pipe", "pipe"]));
    const result = await shell.run(command);
    if (result !== undefined && !shell.hasEnded) this.#idle.push(shell);
    this.#throwIfAborted();
    return result;
  }

  async #alone(command: string): Promise<ShellResult> {
    const child = this.#spawn(shellArguments(command, this.#place.encoding), ["ignore", "pipe", "pipe"]);
    const output = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name]!.setEncoding("latin1").on("data", (text: string) => {
        output[name] += text;
        if (output[name].length > outputLimit) killGroup(child);
      });
    }
    const status = await new Promise<number | null>((resolve, reject) => {
      child.on("error", reject).on("close", resolve);
    });
    this.#throwIfAborted();
    return { ...output, status: status ?? 1 };
  }

  /** A shell in a group of its own, so that what it has started ends with it. */
  #spawn(args: readonly string[], stdio: StdioOptions): ChildProcess {
    const { env, cwd } = this.#place;
    const { spawn } = getBuiltinModule("node:child_process");
    const child = spawn("/bin/sh", args, { argv0: "sh", cwd, env: { ...env }, stdio, detached: true });
    this.#children.add(child);
    child.on("close", () => this.#children.delete(child));
    return child;
  }

  #throwIfAborted(): void {
    throwIfAborted(this.#signal, "Asking the shell");
  }
}

/**
 * Runs the commands that it reads, and says where the output of each one ends. It says nothing of its own, such as that a
 * command was killed.
 */
const script = `exec 3>&2 2>/dev/null
while IFS= read -r _kconfig_command; do
(exec /bin/sh -c "$_kconfig_command" sh </dev/null 2>&3 3>&-); printf '\\n%s %d\\n' "$1" $?; printf '\\n%s\\n' "$1" >&3
done`;

/** A shell that runs one command after the other. */
class Shell {
  readonly child: ChildProcess;
  /** Ends the output of a command; no command can know it. */
  readonly #mark = randomUUID();
  readonly #output = { stdout: "", stderr: "" };
  #isSpent = false;
  #settle: ((result: ShellResult | undefined) => void) | undefined;
  #fail: ((error: unknown) => void) | undefined;

  constructor(spawn: (args: readonly string[]) => ChildProcess) {
    this.child = spawn(["-c", script, "sh", this.#mark]);
    for (const name of ["stdout", "stderr"] as const) {
      this.child[name]?.setEncoding("latin1").on("data", (text: string) => {
        this.#output[name] += text;
        this.#look();
      });
    }
    // What cannot be written is not answered: the shell has ended.
    this.child.stdin?.on("error", () => undefined);
    this.child.on("error", (error) => this.#fail?.(error)).on("close", () => this.#settle?.(undefined));
  }

  run(command: string): Promise<ShellResult | undefined> {
    return new Promise((resolve, reject) => {
      if (this.hasEnded) return resolve(undefined);
      [this.#output.stdout, this.#output.stderr] = ["", ""];
      [this.#settle, this.#fail] = [resolve, reject];
      this.child.stdin!.write(`${command}\n`);
    });
  }

  get hasEnded(): boolean {
    return this.#isSpent || this.child.exitCode !== null || this.child.signalCode !== null;
  }

  end(): void {
    this.child.stdin!.end();
  }

  #look(): void {
    const { stdout, stderr } = this.#output;
    const marked = `\n${this.#mark}`;
    if (stdout.length > outputLimit || stderr.length > outputLimit) {
      this.#isSpent = true;
      this.#settle?.({ stdout, stderr, status: 1 });
      killGroup(this.child);
      return;
    }
    if (!stdout.endsWith("\n") || !stderr.endsWith(`${marked}\n`)) return;
    const end = stdout.lastIndexOf(marked);
    if (end < 0) return;
    const status = Number(stdout.slice(end + marked.length));
    this.#settle?.({ stdout: stdout.slice(0, end), stderr: stderr.slice(0, -marked.length - 1), status });
  }
}

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) kill(-pid, "SIGKILL");
  } catch {
    // it has ended by itself
  }
}
