import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import type { ConfMode, Dialect, TreeCache } from "../../src/index.js";
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
  /** What is there before, by path below the working folder. */
  readonly files: Texts;
  readonly file?: string;
  readonly env?: Texts;
  readonly input?: string;
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
  expected({ mode, files, file, env = {}, input = "", time }: ConfCase): ConfRunResult | undefined {
    this.#fill(files);
    const long = file === undefined ? [`--${mode}`] : [`--${mode}=${file}`];
    const short = [letters[mode], file].filter((word) => word !== undefined);
    const { status, stdout, stderr } = spawnSync(
      this.#conf,
      [...(this.#dialect.semantics.early ? short : long), this.#root],
      {
        cwd: this.#cwd,
        env: { ...env, ...(time === undefined ? {} : { ORACLE_TIME: String(time) }) },
        input: Buffer.from(input),
        encoding: "utf8",
        timeout: 10_000,
        maxBuffer: 512 * 1024,
      },
    );
    return status === null ? undefined : { exitCode: status, stdout, stderr, files: this.#files() };
  }

  async actual(run: ConfCase, cache?: TreeCache): Promise<ConfRunResult> {
    const { mode, files, file, env = {}, input = "", time } = run;
    this.#fill(files);
    const { exitCode, stdout, stderr } = await runConfOnDisk({
      mode,
      env,
      input,
      ...(file === undefined ? {} : { file }),
      ...(cache === undefined ? {} : { cache }),
      ...(time === undefined ? {} : { time: new Date(time * 1000), seed: time }),
      root: this.#root,
      cwd: this.#cwd,
      dialect: this.#dialect,
    });
    return { exitCode, stdout, stderr, files: this.#files() };
  }

  #fill(files: Texts): void {
    rmSync(this.#folder, { recursive: true, force: true });
    mkdirSync(this.#folder, { recursive: true });
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.#folder, path)), { recursive: true });
      writeFileSync(join(this.#folder, path), text);
    }
  }

  #files(): Texts {
    if (!existsSync(this.#folder)) return {};
    const paths = readdirSync(this.#folder, { recursive: true, encoding: "utf8" }).map((name) =>
      join(this.#folder, name),
    );
    const found = paths.filter((path) => statSync(path).isFile()).sort();
    return Object.fromEntries(
      found
        .map((path) => [relative(this.#folder, path), readFileSync(path, "utf8")] as const)
        // Buildroot's tool leaves its list of dependencies behind under this name where BR2_CONFIG has a folder.
        .filter(([path]) => !path.endsWith("..config.tmp")),
    );
  }
}
