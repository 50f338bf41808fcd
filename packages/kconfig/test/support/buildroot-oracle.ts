import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const buildroot: string = fileURLToPath(new URL("../../../../buildroot", import.meta.url));

/** Why Buildroot's own tool cannot be run here; `undefined` where it can. */
export function missingForOracle(): string | undefined {
  if (!existsSync(join(buildroot, "support/kconfig/conf.c"))) return "the buildroot submodule is not checked out";
  for (const tool of ["make", "gcc"]) {
    if (spawnSync(tool, ["--version"]).error !== undefined) return `${tool} is not installed`;
  }
  return undefined;
}

/** How a run of conf ended. */
export interface ConfOutcome {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Buildroot's C conf, built into a folder of its own, and the environment that it reads. */
export class BuildrootOracle {
  readonly folder: string = mkdtempSync(join(tmpdir(), "kconfig-oracle-"));
  readonly env: Readonly<Record<string, string>>;
  readonly #conf: string;
  #folder = buildroot;

  constructor() {
    execFileSync("make", ["-C", buildroot, `O=${this.folder}`, "allnoconfig"], {
      stdio: "ignore",
      env: { PATH: process.env["PATH"], TERM: "dumb", HOME: this.folder },
    });
    this.#conf = join(this.folder, "build/buildroot-config/conf");
    mkdirSync(join(this.folder, "generated"));
    this.env = {
      BR2_CONFIG: join(this.folder, "test.config"),
      BASE_DIR: this.folder,
      BR2_DEFCONFIG: "",
      BR2_EXTERNAL_NAMES: "",
      BR2_HIDE_SECONDARY_TARGET_OPTIONS: "n",
      BR2_VERSION: "2026.02.3",
      BR2_VERSION_FULL: "2026.02.3",
      HOSTARCH: "x86_64",
      HOST_GCC_VERSION: "12",
      KCONFIG_AUTOCONFIG: join(this.folder, "generated/auto.conf"),
      KCONFIG_AUTOHEADER: join(this.folder, "generated/autoconf.h"),
      KCONFIG_TRISTATE: join(this.folder, "generated/tristate.config"),
      SKIP_LEGACY: "",
    };
  }

  /** The program. */
  get path(): string {
    return this.#conf;
  }

  /** From now on, conf reads this text in place of Buildroot's tree. */
  useTree(text: string): void {
    this.#folder = join(this.folder, "tree");
    mkdirSync(this.#folder, { recursive: true });
    writeFileSync(join(this.#folder, "Config.in"), text);
  }

  /** Runs conf over `config`, if there is one, and gives the .config that it writes. */
  run(flag: string, config?: string, env: Readonly<Record<string, string>> = {}): string {
    const path = this.env["BR2_CONFIG"]!;
    rmSync(path, { force: true });
    if (config !== undefined) writeFileSync(path, config);
    this.#spawn(flag, env);
    return readFileSync(path, "utf8");
  }

  /** The .config for a defconfig. */
  defconfig(text: string): string {
    const path = join(this.folder, "some_defconfig");
    writeFileSync(path, text);
    return this.run(`--defconfig=${path}`);
  }

  /** The minimal defconfig of a .config. */
  minimal(config: string): string {
    const path = join(this.folder, "minimal");
    writeFileSync(this.env["BR2_CONFIG"]!, config);
    this.#spawn(`--savedefconfig=${path}`, {});
    return readFileSync(path, "utf8");
  }

  /** The files that syncconfig writes. */
  sync(config: string): { autoConf: string; header: string; tristate: string } {
    writeFileSync(this.env["BR2_CONFIG"]!, config);
    this.#spawn("--syncconfig", {});
    const read = (name: string): string => readFileSync(this.env[name]!, "utf8");
    return {
      autoConf: read("KCONFIG_AUTOCONFIG"),
      header: read("KCONFIG_AUTOHEADER"),
      tristate: read("KCONFIG_TRISTATE"),
    };
  }

  /** Runs conf and tells how it ended; the files are the caller's. */
  conf(args: readonly string[], env: Readonly<Record<string, string>>, cwd: string = this.#folder): ConfOutcome {
    const { status, stdout, stderr } = spawnSync(this.#conf, args, { cwd, env, encoding: "utf8", input: "" });
    return { exitCode: status, stdout, stderr };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #spawn(flag: string, env: Readonly<Record<string, string>>): void {
    const result = spawnSync(this.#conf, [flag, "Config.in"], {
      cwd: this.#folder,
      env: { ...this.env, ...env },
      stdio: "pipe",
    });
    if (result.status !== 0) throw new Error(`conf ${flag} failed: ${result.stderr.toString()}`);
  }
}
