import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  lstatSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative } from "node:path";
import type { ConfMode } from "../../src/conf.js";
import type { Dialect, TreeCache } from "../../src/index.js";
import { runConfOnDisk } from "../../src/node.js";

export type Texts = Readonly<Record<string, string>>;

/** What a run came to, and every file that is there then, by its path below the working folder. */
export interface ConfRunResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly files: Texts;
}

export interface ConfCase {
  readonly mode: ConfMode;
  /** Modes that options name before it. */
  readonly before?: readonly ConfMode[];
  /** The top file as it is typed, if not as the comparison has it. */
  readonly root?: string;
  /** What is there before, by path below the working folder. */
  readonly files: Texts;
  /** Symbolic links, by path, and what they name. */
  readonly links?: Texts;
  /** The working folder, below the one that is made anew. */
  readonly below?: string;
  readonly file?: string;
  readonly env?: Texts;
  readonly input?: string;
  /** `latin1`: the characters of texts are bytes. Default: `utf8`. */
  readonly encoding?: "utf8" | "latin1";
  /** The time and the seed of tools that take them from the clock. */
  readonly time?: number;
}

/** The letters that BusyBox' conf has for its modes. */
const letters: Partial<Readonly<Record<ConfMode, string>>> = {
  oldconfig: "-o",
  syncconfig: "-s",
  defconfig: "-D",
  alldefconfig: "-d",
  allyesconfig: "-y",
  allmodconfig: "-m",
  allnoconfig: "-n",
  randconfig: "-r",
};

/** Runs C's conf and runConfOnDisk over the same files, in the same folder one after the other. */
export class ConfComparison {
  readonly #conf: string;
  readonly #dialect: Dialect;
  readonly #folder: string;
  readonly #root: string;
  readonly #cwd: string;

  /** `cwd`: where the Kconfig files are, if not in the folder that is made anew for each run. */
  constructor(conf: string, dialect: Dialect, folder: string, root = "Kconfig", cwd = folder) {
    this.#conf = conf;
    this.#dialect = dialect;
    this.#folder = folder;
    this.#root = root;
    this.#cwd = cwd;
  }

  /** What C does; `undefined` where it does not end by itself, as some of its loops at the end of the input do not. */
  expected(run: ConfCase): ConfRunResult | undefined {
    const { mode, before = [], file, root = this.#root, env = {}, input = "", time, encoding = "utf8" } = run;
    this.#fill(run);
    const named = before.map((earlier) => `--${earlier}`);
    const long = [...named, file === undefined ? `--${mode}` : `--${mode}=${file}`];
    const short = [letters[mode], file].filter((word) => word !== undefined);
    const { status, stdout, stderr } = spawnSync(
      this.#conf,
      [...(this.#dialect.semantics.early ? short : long), root],
      {
        cwd: join(this.#cwd, run.below ?? "."),
        env: { ...env, ...(time === undefined ? {} : { ORACLE_TIME: String(time) }) },
        input: Buffer.from(input),
        encoding,
        timeout: 10_000,
        maxBuffer: 512 * 1024,
      },
    );
    return status === null ? undefined : { exitCode: status, stdout, stderr, files: this.#files(encoding) };
  }

  async actual(run: ConfCase, cache?: TreeCache): Promise<ConfRunResult> {
    const { mode, before, file, root = this.#root, env = {}, input = "", time, encoding = "utf8" } = run;
    this.#fill(run);
    const output: Record<"stdout" | "stderr", Uint8Array[]> = { stdout: [], stderr: [] };
    const { exitCode } = await runConfOnDisk({
      onOutput: (stream, data) => output[stream].push(data),
      mode,
      env,
      input,
      ...(before === undefined ? {} : { before }),
      ...(file === undefined ? {} : { file }),
      ...(cache === undefined ? {} : { cache }),
      ...(time === undefined ? {} : { time: new Date(time * 1000), seed: time }),
      root,
      cwd: join(this.#cwd, run.below ?? "."),
      dialect: this.#dialect,
    });
    const textOf = (stream: "stdout" | "stderr"): string => Buffer.concat(output[stream]).toString(encoding);
    return { exitCode, stdout: textOf("stdout"), stderr: textOf("stderr"), files: this.#files(encoding) };
  }

  #fill({ files, links = {}, encoding = "utf8" }: ConfCase): void {
    rmSync(this.#folder, { recursive: true, force: true });
    mkdirSync(this.#folder, { recursive: true });
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.#folder, path)), { recursive: true });
      writeFileSync(join(this.#folder, path), text, encoding);
    }
    for (const [path, target] of Object.entries(links)) symlinkSync(target, join(this.#folder, path));
  }

  #files(encoding: "utf8" | "latin1"): Texts {
    if (!existsSync(this.#folder)) return {};
    const names = readdirSync(this.#folder, { recursive: true, encoding: "utf8" });
    // Names that are no UTF-8 stay out of it.
    const paths = names.filter((name) => !name.includes("\ufffd")).map((name) => join(this.#folder, name));
    const found = paths.filter((path) => lstatSync(path).isFile()).sort();
    return Object.fromEntries(
      found
        .map((path) => [relative(this.#folder, path), readFileSync(path, encoding)] as const)
        // Buildroot's tool leaves its list of dependencies behind under this name where BR2_CONFIG has a folder.
        .filter(([path]) => !path.endsWith("..config.tmp")),
    );
  }
}
