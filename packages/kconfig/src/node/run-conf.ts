import { join } from "node:path";
import { throwIfAborted } from "../base/abort.js";
import type { KconfigHost, ShellResult } from "../base/host.js";
import { confSteps } from "../conf/run-conf.js";
import type { ConfFile, ConfOptions, ConfResult } from "../conf/types.js";
import { LineSource } from "../conf/walk/line-source.js";
import { writeConfFile } from "./conf-file.js";
import { TreeCache } from "../cache/tree-cache.js";
import { fromBytes, toBytes } from "./bytes.js";
import { confHost } from "./conf-host.js";
import { probeShell } from "./probe-shell.js";
import { type KnownAnswers, ShellCache, type ShellPlace } from "./shell-cache.js";
import { diskTreeStore } from "./tree-store.js";

/** As `ConfOptions`; the host is the file system. */
export interface RunConfOnDiskOptions extends Omit<ConfOptions, "host"> {
  /** The working folder, absolute. */
  readonly cwd: string;
  /** A folder in which the tree and the answers of its commands are kept for the next run. */
  readonly cacheDir?: string;
  /**
   * How many commands may run at once where their answers are not known. With more than one, a command that stands in
   * several places runs once. Default: 1.
   */
  readonly jobs?: number;
  /** Answers for the modes that ask: a text, or a stream such as the standard input, read as far as there are questions. */
  readonly input?: string | AsyncIterable<string | Uint8Array>;
  /** Called with what is printed as soon as it is, always before an answer is waited for. */
  readonly onOutput?: (stream: "stdout" | "stderr", data: Uint8Array) => void;
}

/**
 * Runs `conf` on the file system: macros may start `/bin/sh` in `cwd` with `env`, questions are answered by `input`, and
 * the files are written, each in one step, with the backup `FILE.old` that the C tool keeps. All bytes of files and
 * variables are kept, whatever their encoding. A file that cannot be written ends the run with exit code 1 and the C
 * tool's message. Throws what `runConf` does, FILE_UNREADABLE and SHELL_UNAVAILABLE.
 */
export async function runConfOnDisk(options: RunConfOnDiskOptions): Promise<ConfResult> {
  const { cwd, signal } = options;
  const place = { env: options.env, cwd, encoding: "latin1" } as const;
  const { dialect, cacheDir, jobs = 1 } = options;
  const known = knownAnswers(cacheDir, place, jobs);
  const env = Object.fromEntries(Object.entries(options.env).map(([name, value]) => [name, value && toBytes(value)]));
  const root = toBytes(options.root);
  let host = confHost(root, { ...place, ...(known && { cache: known }) });
  let cache = options.cache;
  if (dialect.syntax.macros && known?.size === 0 && jobs > 1) {
    // The tree itself is kept from the next run on: this one may be the only one.
    const own = new TreeCache();
    cache ??= own;
    // What the probes were found in is what the tree is read from.
    const once = readingOnce(host);
    host = once.host;
    const answers = await probeShell({
      ...{ root, folder: "", dialect, env, host, shell: place, jobs, cache },
      ...(signal && { signal }),
    });
    once.stop();
    own.expectLastLoad();
    for (const [command, answer] of Object.entries(answers)) known.set(command, answer);
  } else if (cacheDir !== undefined) {
    const own = new TreeCache({ store: diskTreeStore(join(cacheDir, "trees"), { scope: cwd }) });
    own.expectLastLoad();
    cache ??= own;
  }
  const output = new Output(options.onOutput);
  const lines = new Lines(options.input ?? "");
  const files: ConfFile[] = [];
  const steps = confSteps(
    {
      ...options,
      root,
      ...(options.file === undefined ? {} : { file: toBytes(options.file) }),
      env,
      host,
      ...(cache && { cache }),
    },
    output,
  );
  try {
    for (let step = steps.next(); ;) {
      output.flush();
      if (step.done === true) return { exitCode: step.value, files, ...output.texts() };
      throwIfAborted(signal, "conf");
      const request = step.value;
      if (request.kind === "line") step = steps.next(await lines.next(signal));
      else {
        const { file } = request;
        const refusal = await writeConfFile(
          file,
          file.path.startsWith("/") ? file.path : `${toBytes(cwd)}/${file.path}`,
        );
        if (refusal === undefined) files.push({ ...file, path: fromBytes(file.path) });
        step = steps.next(refusal);
      }
    }
  } finally {
    // What was said before a failure is said too.
    output.flush();
    await lines.close();
  }
}

/** What commands gave: kept in `cacheDir`, for this run alone where several of them run at once. */
function knownAnswers(cacheDir: string | undefined, place: ShellPlace, jobs: number): KnownAnswers | undefined {
  if (cacheDir !== undefined) return new ShellCache(join(cacheDir, "shell"), place);
  return jobs > 1 ? new Map<string, ShellResult>() : undefined;
}

/** A host that reads each file once; what is asked for after `stop` for the first time is always read. */
function readingOnce(host: KconfigHost): { readonly host: KconfigHost; stop(): void } {
  const texts = new Map<string, string | undefined>();
  let keeps = true;
  const readFile = (path: string): string | undefined => {
    if (texts.has(path)) return texts.get(path);
    const text = host.readFile(path);
    if (keeps) texts.set(path, text);
    return text;
  };
  return { host: { ...host, readFile }, stop: () => (keeps = false) };
}

/** Collects what is printed, and hands it on in the order in which it was. */
class Output {
  readonly #onOutput: RunConfOnDiskOptions["onOutput"];
  readonly #whole = { stdout: "", stderr: "" };
  #waiting: { readonly stream: "stdout" | "stderr"; text: string }[] = [];

  constructor(onOutput: RunConfOnDiskOptions["onOutput"]) {
    this.#onOutput = onOutput;
  }

  print(text: string): void {
    this.#add("stdout", text);
  }

  complain(text: string): void {
    this.#add("stderr", text);
  }

  flush(): void {
    for (const { stream, text } of this.#waiting) this.#onOutput?.(stream, Buffer.from(text, "latin1"));
    this.#waiting = [];
  }

  texts(): { stdout: string; stderr: string } {
    return { stdout: fromBytes(this.#whole.stdout), stderr: fromBytes(this.#whole.stderr) };
  }

  #add(stream: "stdout" | "stderr", text: string): void {
    this.#whole[stream] += text;
    const last = this.#waiting.at(-1);
    if (last?.stream === stream) last.text += text;
    else this.#waiting.push({ stream, text });
  }
}

/** Lines of a text or a stream; the stream is read only as far as lines are asked for. */
class Lines {
  readonly #source = new LineSource();
  readonly #stream: AsyncIterator<string | Uint8Array> | undefined;

  constructor(input: string | AsyncIterable<string | Uint8Array>) {
    if (typeof input === "string") {
      this.#source.push(toBytes(input));
      this.#source.end();
    } else this.#stream = input[Symbol.asyncIterator]();
  }

  async next(signal: ConfOptions["signal"]): Promise<string | undefined> {
    while (!this.#source.ready) {
      const { value, done } = await this.#stream!.next();
      throwIfAborted(signal, "conf");
      if (done === true) this.#source.end();
      else this.#source.push(typeof value === "string" ? toBytes(value) : Buffer.from(value).toString("latin1"));
    }
    return this.#source.next();
  }

  async close(): Promise<void> {
    await this.#stream?.return?.();
  }
}
