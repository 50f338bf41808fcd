import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The kernel trees to compare with: the folders in KCONFIG_LINUX, separated by colons. */
export const linuxTrees: readonly string[] = (process.env["KCONFIG_LINUX"] ?? "")
  .split(":")
  .filter((path) => path !== "");

/** Why the tree's own tool cannot be run here; `undefined` where it can. */
export function missingForLinux(tree: string | undefined): string | undefined {
  if (tree === undefined) return "KCONFIG_LINUX names no kernel tree, such as that of Debian's linux-source-6.12";
  if (!existsSync(join(tree, "scripts/kconfig/conf.c"))) return `${tree} is no kernel tree`;
  for (const tool of ["make", "gcc", "flex", "bison"]) {
    if (spawnSync(tool, ["--version"]).error !== undefined) return `${tool} is not installed`;
  }
  return undefined;
}

/** Version and patch level from a kernel's Makefile, such as `6.12`. */
export function linuxVersion(tree: string): string {
  const makefile = readFileSync(join(tree, "Makefile"), "utf8");
  const part = (name: string): string => new RegExp(`^${name} = (\\d+)`, "m").exec(makefile)?.[1] ?? "";
  return `${part("VERSION")}.${part("PATCHLEVEL")}`;
}

/** The C conf of a kernel tree for one architecture, and the environment that it reads. */
export class LinuxOracle {
  readonly folder: string = mkdtempSync(join(tmpdir(), "kconfig-linux-"));
  readonly env: Readonly<Record<string, string>>;
  readonly #tree: string;

  constructor(tree: string, architecture: string) {
    this.#tree = tree;
    const path = process.env["PATH"] ?? "";
    const env = { PATH: path, TERM: "dumb", HOME: this.folder };
    execFileSync("make", ["-C", tree, `O=${join(this.folder, "build")}`, "ARCH=x86", "allnoconfig"], {
      stdio: "ignore",
      env,
    });
    this.env = {
      PATH: path,
      ARCH: architecture,
      SRCARCH: architecture,
      srctree: tree,
      KERNELVERSION: `${linuxVersion(tree)}.0`,
      CC: "gcc",
      LD: "ld",
      NM: "nm",
      OBJCOPY: "objcopy",
      AR: "ar",
      PYTHON3: "python3",
      RUSTC: "rustc",
      BINDGEN: "bindgen",
      PAHOLE: "pahole",
      CC_VERSION_TEXT: "gcc",
      KCONFIG_CONFIG: join(this.folder, ".config"),
      KCONFIG_AUTOCONFIG: join(this.folder, "auto/auto.conf"),
      KCONFIG_AUTOHEADER: join(this.folder, "auto/autoconf.h"),
      KCONFIG_RUSTCCFG: join(this.folder, "auto/rustc_cfg"),
    };
  }

  /** Runs conf and gives the .config that it writes. */
  run(flag: string): string {
    rmSync(this.env["KCONFIG_CONFIG"]!, { force: true });
    this.#spawn(flag);
    return readFileSync(this.env["KCONFIG_CONFIG"]!, "utf8");
  }

  minimal(config: string): string {
    const path = join(this.folder, "minimal");
    writeFileSync(this.env["KCONFIG_CONFIG"]!, config);
    this.#spawn(`--savedefconfig=${path}`);
    return readFileSync(path, "utf8");
  }

  sync(config: string): { autoConf: string; header: string; rustcCfg: string } {
    writeFileSync(this.env["KCONFIG_CONFIG"]!, config);
    rmSync(join(this.folder, "auto"), { recursive: true, force: true });
    mkdirSync(join(this.folder, "auto"));
    this.#spawn("--syncconfig");
    const read = (name: string): string => readFileSync(this.env[name]!, "utf8");
    return {
      autoConf: read("KCONFIG_AUTOCONFIG"),
      header: read("KCONFIG_AUTOHEADER"),
      rustcCfg: read("KCONFIG_RUSTCCFG"),
    };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #spawn(flag: string): void {
    const conf = join(this.folder, "build/scripts/kconfig/conf");
    const result = spawnSync(conf, [flag, "Kconfig"], {
      cwd: this.#tree,
      env: this.env,
      stdio: ["ignore", "ignore", "pipe"],
      timeout: 120_000,
    });
    if (result.status !== 0) throw new Error(`conf ${flag} failed: ${result.stderr.toString().slice(-2000)}`);
  }
}
