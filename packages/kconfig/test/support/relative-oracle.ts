import { execFileSync, spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative as relativePath, resolve } from "node:path";
import { runConf, type ConfMode } from "../../src/conf.js";
import {
  detectDialect,
  loadTree,
  recordingHost,
  TreeCache,
  type Dialect,
  type KconfigHost,
  type KconfigTree,
} from "../../src/index.js";
import { nodeHost } from "../../src/node.js";

/** A tree that has taken Linux' tool and gone its own way. */
export interface Relative {
  readonly name: string;
  /** The environment variable that names the tree. */
  readonly variable: string;
  /** The folder of its tool, and the top Kconfig file. */
  readonly tool: string;
  readonly root: string;
  readonly env: Readonly<Record<string, string>>;
  /** Which files of configs/ are defconfigs. */
  readonly defconfig: RegExp;
  /** Where its tool runs: in the tree, or in the folder that it is to write its files to. */
  readonly runs: "in tree" | "in folder";
}

export const coreboot: Relative = {
  name: "coreboot",
  variable: "KCONFIG_COREBOOT",
  tool: "util/kconfig",
  root: "src/Kconfig",
  env: { KERNELVERSION: "1.0", KCONFIG_NEGATIVES: "1" },
  defconfig: /^config\./,
  runs: "in tree",
};

export const uBoot: Relative = {
  name: "U-Boot",
  variable: "KCONFIG_UBOOT",
  tool: "scripts/kconfig",
  root: "Kconfig",
  env: { UBOOTVERSION: "1.0" },
  defconfig: /_defconfig$/,
  runs: "in folder",
};

/** What a run starts from. */
export interface RelativeRun {
  readonly config?: string;
  readonly file?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** How a run ended, and the files that it wrote, by their paths in the working folder. */
export interface RunOutcome {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly files: Readonly<Record<string, string>>;
}

const filesIn = (folder: string): Readonly<Record<string, string>> => ({
  KCONFIG_CONFIG: join(folder, ".config"),
  KCONFIG_AUTOCONFIG: join(folder, "auto/auto.conf"),
  KCONFIG_AUTOHEADER: join(folder, "auto/autoconf.h"),
  KCONFIG_TRISTATE: join(folder, "auto/tristate.conf"),
  KCONFIG_RUSTCCFG: join(folder, "auto/rustc_cfg"),
  KCONFIG_SPLITCONFIG: join(folder, "auto/"),
});

/** Why a tree cannot be compared with here; `undefined` where it can. */
export function missingForRelative({ name, variable, tool }: Relative): string | undefined {
  const tree = process.env[variable];
  if (tree === undefined || !existsSync(join(tree, tool, "conf.c"))) return `${variable} names no tree of ${name}`;
  for (const program of ["gcc", "flex", "bison"]) {
    if (spawnSync(program, ["--version"]).error !== undefined) return `${program} is not installed`;
  }
  return undefined;
}

/** The tree's own conf, built into a folder of its own. */
export class RelativeOracle {
  readonly dialect: Dialect;
  readonly defconfigs: readonly string[];
  readonly folder: string = mkdtempSync(join(tmpdir(), "kconfig-relative-"));
  readonly #relative: Relative;
  readonly #source: string;
  readonly #env: Readonly<Record<string, string>>;
  readonly #cache = new TreeCache();
  readonly #host: KconfigHost;
  #tree: KconfigTree | undefined;

  constructor(relative: Relative) {
    const source = process.env[relative.variable]!;
    this.#relative = relative;
    this.#source = source;
    this.dialect = detectDialect(source, nodeHost())!;
    this.defconfigs = readdirSync(join(source, "configs"))
      .filter((name) => relative.defconfig.test(name))
      .toSorted()
      .map((name) => `configs/${name}`);
    this.#env = {
      PATH: process.env["PATH"] ?? "",
      LC_ALL: "C",
      CC: "gcc",
      srctree: source,
      ...filesIn(this.folder),
      ...relative.env,
    };
    this.#host = recordingHost(nodeHost({ shell: { env: this.#env, cwd: source }, encoding: "latin1" }));
    this.#build(join(source, relative.tool));
  }

  /** The program. */
  get path(): string {
    return this.#path("conf");
  }

  get tree(): KconfigTree {
    return (this.#tree ??= this.#load());
  }

  /** The .config that conf writes. */
  run(flag: string): string {
    rmSync(this.#path(".config"), { force: true });
    this.#conf(flag);
    return this.#read(".config");
  }

  minimal(config: string): string {
    writeFileSync(this.#path(".config"), config, "latin1");
    this.#conf(`--savedefconfig=${this.#path("minimal")}`);
    return this.#read("minimal");
  }

  /** auto.conf and autoconf.h. */
  sync(config: string): { autoConf: string; header: string } {
    writeFileSync(this.#path(".config"), config, "latin1");
    rmSync(this.#path("auto"), { recursive: true, force: true });
    mkdirSync(this.#path("auto"));
    this.#conf("--syncconfig");
    return { autoConf: this.#read("auto/auto.conf"), header: this.#read("auto/autoconf.h") };
  }

  /**
   * A run of the tool, and one of `runConf` from the same start: what they say, and all files that they write. `config`:
   * the .config that is there before.
   */
  compare(mode: ConfMode, { config, file, env: more = {} }: RelativeRun = {}): readonly [RunOutcome, RunOutcome] {
    const work = this.#path("work");
    const env = { ...this.#env, ...filesIn(work), ...more };
    const cwd = this.#relative.runs === "in tree" ? this.#source : work;
    rmSync(work, { recursive: true, force: true });
    mkdirSync(work);
    if (config !== undefined) writeFileSync(join(work, ".config"), config, "latin1");
    const host = this.#host;
    const { files, ...said } = runConf({
      ...{ mode, env, root: this.#relative.root, dialect: this.dialect, cache: this.#cache },
      ...(file !== undefined && { file }),
      host: {
        ...host,
        readFile: (path) => host.readFile(resolve(cwd, path)),
        list: (path) => host.list!(resolve(cwd, path)),
      },
    });
    const option = file === undefined ? `--${mode}` : `--${mode}=${file}`;
    const options = { cwd, env, input: "", timeout: 60_000, encoding: "latin1" } as const;
    const { status, stdout, stderr } = spawnSync(this.path, [option, this.#relative.root], options);
    const theirs = readdirSync(work, { recursive: true, encoding: "utf8" })
      .filter((name) => statSync(join(work, name)).isFile() && !name.endsWith(".old"))
      .map((name) => [name, readFileSync(join(work, name), "latin1")] as const);
    const ours = files.map(({ path, text }) => [relativePath(work, resolve(cwd, path)), text] as const);
    const before = config === undefined ? [] : [[".config", config] as const];
    return [
      { ...said, files: Object.fromEntries([...before, ...ours]) },
      { exitCode: status, stdout, stderr, files: Object.fromEntries(theirs) },
    ];
  }

  source(name: string): string {
    return readFileSync(join(this.#source, name), "latin1");
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #load(): KconfigTree {
    const root = join(this.#source, this.#relative.root);
    return loadTree({ root, host: this.#host, dialect: this.dialect, env: this.#env });
  }

  readonly #path = (name: string): string => join(this.folder, name);

  #read(name: string): string {
    return readFileSync(this.#path(name), "latin1");
  }

  #conf(flag: string): void {
    const cwd = this.#relative.runs === "in tree" ? this.#source : this.folder;
    const options = { cwd, env: this.#env, input: "", timeout: 300_000 };
    const { status, stderr } = spawnSync(this.#path("conf"), [flag, this.#relative.root], options);
    if (status !== 0) throw new Error(`conf ${flag} failed: ${stderr.toString().slice(-500)}`);
  }

  /** With the scanner and the parser that come with the tree where they do, else with those of this host's tools. */
  #build(tool: string): void {
    const generated = (name: string, make: () => void): string => {
      const shipped = join(tool, `${name}_shipped`);
      if (existsSync(shipped)) copyFileSync(shipped, this.#path(name));
      else make();
      return this.#path(name);
    };
    const run = (program: string, ...args: readonly string[]): void => {
      execFileSync(program, args, { cwd: this.folder, stdio: "ignore" });
    };
    const isOld = existsSync(join(tool, "zconf.y"));
    const [scanner, parser] = isOld ? ["zconf", "zconf"] : ["lexer", "parser"];
    const header = ["-d", "-o", `${parser}.tab.c`, "-t", "-l", join(tool, `${parser}.y`)];
    const lex = generated(`${scanner}.lex.c`, () =>
      run("flex", "-L", "-o", `${scanner}.lex.c`, join(tool, `${scanner}.l`)),
    );
    const yacc = generated(`${parser}.tab.c`, () => run("bison", ...header));
    if (existsSync(join(tool, `${parser}.tab.h_shipped`))) generated(`${parser}.tab.h`, () => undefined);
    // The older tools include everything into the parser.
    const rest = isOld
      ? []
      : ["confdata", "expr", "menu", "preprocess", "symbol", "util"].map((name) => join(tool, `${name}.c`));
    const objects = isOld ? [yacc] : [yacc, lex, ...rest];
    run("gcc", "-O1", "-w", `-I${tool}`, `-I${this.folder}`, "-o", "conf", join(tool, "conf.c"), ...objects);
  }
}
