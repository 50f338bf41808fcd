import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import {
  detectDialect,
  loadTree,
  type TreeCache,
  type Dialect,
  type KconfigHost,
  type KconfigTree,
} from "../../src/index.js";
import { nodeHost } from "../../src/node.js";
import type { ConfRunResult } from "./conf-comparison.js";
import type { LinuxSource } from "./linux-source.js";
import { shellCacheLibrary } from "./shell-cache.js";

/** A compiler that takes every option: what it is asked only matters in so far as both tools get the same answer. */
const compiler = `#!/bin/sh
case "$*" in
*"-E -P"*) cat >/dev/null; echo GCC 12 2 0 ;;
*-Wa,--version*) echo "GNU assembler (GNU Binutils) 2.40" ;;
esac
`;

/** The C conf of a kernel tree for one architecture, and the environment that it reads. */
export class LinuxOracle {
  readonly source: LinuxSource;
  readonly dialect: Dialect;
  readonly env: Readonly<Record<string, string>>;
  readonly #folder: string;
  readonly #answers: string;
  readonly #library: string;

  /** `folder`: where the files go. */
  constructor(source: LinuxSource, architecture: string, folder: string) {
    this.source = source;
    this.dialect = detectDialect(source.tree, nodeHost())!;
    this.#folder = folder;
    const tools = dirname(source.conf);
    const cc = join(tools, "any-cc");
    if (!existsSync(cc)) {
      writeFileSync(cc, compiler);
      chmodSync(cc, 0o755);
    }
    this.#answers = join(tools, `answers-${architecture}`);
    mkdirSync(this.#answers, { recursive: true });
    this.#library = shellCacheLibrary(source.conf);
    const at = (name: string): string => join(folder, name);
    this.env = {
      PATH: process.env["PATH"] ?? "",
      ARCH: architecture,
      SRCARCH: architecture,
      srctree: source.tree,
      KERNELVERSION: `${source.version}.0`,
      CC: cc,
      LD: "ld",
      NM: "nm",
      OBJCOPY: "objcopy",
      AR: "ar",
      PYTHON3: "python3",
      RUSTC: "rustc",
      BINDGEN: "bindgen",
      PAHOLE: "pahole",
      CC_VERSION_TEXT: "gcc",
      KCONFIG_CONFIG: at(".config"),
      KCONFIG_AUTOCONFIG: at("auto/auto.conf"),
      KCONFIG_AUTOHEADER: at("auto/autoconf.h"),
      KCONFIG_RUSTCCFG: at("auto/rustc_cfg"),
    };
  }

  /** The files of the tree and the answers that the C tool got. */
  get host(): KconfigHost {
    const host = nodeHost({ encoding: "latin1", shell: { env: this.env, cwd: this.source.tree } });
    return {
      ...host,
      shell: (command) => {
        const known = join(this.#answers, hashOf(command));
        if (existsSync(known)) return { stdout: readFileSync(known, "latin1"), stderr: "", status: 0 };
        const answer = host.shell!(command);
        writeFileSync(known, answer.stdout, "latin1");
        return answer;
      },
    };
  }

  /** The tree as this package reads it. */
  tree(cache?: TreeCache): KconfigTree {
    const root = join(this.source.tree, "Kconfig");
    const kept = cache === undefined ? {} : { cache };
    return loadTree({ root, host: this.host, dialect: this.dialect, env: this.env, ...kept });
  }

  /** Runs the C tool on what is in the folder, and tells what came of it; the folder is empty then. */
  async conf(option: string, env: Readonly<Record<string, string>> = {}, input = ""): Promise<ConfRunResult> {
    mkdirSync(this.#folder, { recursive: true });
    const child = spawn(this.source.conf, [option, "Kconfig"], {
      cwd: this.source.tree,
      env: { ...this.env, ...env, SHELL_CACHE: this.#answers, LD_PRELOAD: this.#library },
      timeout: 1_200_000,
    });
    let [stdout, stderr] = ["", ""];
    child.stdout.setEncoding("latin1").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("latin1").on("data", (text: string) => (stderr += text));
    child.stdin.on("error", () => {}).end(input);
    const exitCode = await new Promise<number | null>((done) => child.on("close", done));
    return { exitCode, stdout, stderr, files: this.takeFiles() };
  }

  /** Puts files into the folder. */
  put(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      const path = join(this.#folder, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text, "latin1");
    }
  }

  /** The files of the folder, which is gone then. */
  takeFiles(): Record<string, string> {
    const paths = readdirSync(this.#folder, { recursive: true, encoding: "utf8" }).map((name) =>
      join(this.#folder, name),
    );
    const files = paths
      .filter((path) => statSync(path).isFile())
      .map((path) => [relative(this.#folder, path), readFileSync(path, "latin1")] as const);
    rmSync(this.#folder, { recursive: true, force: true });
    return Object.fromEntries(files.sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** What both tools call the file of that name in the folder. */
  path(name: string): string {
    return join(this.#folder, name);
  }

  /** The defconfigs of an architecture, by the paths that conf takes. */
  defconfigs(): string[] {
    const folder = join("arch", this.env["SRCARCH"]!, "configs");
    const names = readdirSync(join(this.source.tree, folder), { recursive: true, encoding: "utf8" });
    return names
      .filter((name) => name.endsWith("defconfig"))
      .sort()
      .map((name) => join(folder, name));
  }
}

/** FNV-1a of 64 bits, as the library before popen() names its answers. */
function hashOf(command: string): string {
  let hash = 14695981039346656037n;
  for (const byte of Buffer.from(command, "latin1")) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 1099511628211n);
  return hash.toString(16).padStart(16, "0");
}
