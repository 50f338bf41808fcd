import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildroot, tree } from "./repository.js";

const { PATH, HOME } = process.env;

/**
 * Real Buildroot with the external tree. The first defconfig goes through `make`, which compiles Buildroot's conf; the
 * others ask that conf directly, which spares the parsing of every makefile.
 */
export class RealBuildroot {
  readonly output: string = mkdtempSync(join(tmpdir(), "preset-ipa-"));
  #ready = false;

  make(...args: string[]): string {
    return execFileSync("make", ["-C", buildroot, `O=${this.output}`, `BR2_EXTERNAL=${tree}`, ...args], {
      env: { PATH, HOME, TERM: "dumb" } as NodeJS.ProcessEnv,
      stdio: "pipe",
      encoding: "utf8",
    });
  }

  /** The lines of the .config that a defconfig's text becomes. */
  configure(defconfig: string): Set<string> {
    const file = join(this.output, "wanted");
    writeFileSync(file, defconfig);
    if (this.#ready) this.#conf(`--defconfig=${file}`);
    else this.make("defconfig", `BR2_DEFCONFIG=${file}`);
    this.#ready = true;
    return new Set(this.#read(".config").split("\n"));
  }

  /** What savedefconfig writes of the configuration in use. */
  save(): string {
    this.#conf(`--savedefconfig=${join(this.output, "saved")}`);
    return this.#read("saved");
  }

  remove(): void {
    rmSync(this.output, { recursive: true, force: true });
  }

  #read(name: string): string {
    return readFileSync(join(this.output, name), "utf8");
  }

  /** As Buildroot's Makefile calls it: its COMMON_CONFIG_ENV. */
  #conf(flag: string): void {
    const generated = join(this.output, "build/buildroot-config");
    execFileSync(join(generated, "conf"), [flag, "Config.in"], {
      cwd: buildroot,
      stdio: "pipe",
      env: {
        PATH,
        HOME,
        BASE_DIR: this.output,
        BR2_CONFIG: join(this.output, ".config"),
        BR2_DEFCONFIG: join(this.output, "wanted"),
        HOST_GCC_VERSION: "12",
        HOSTARCH: "x86_64",
        KCONFIG_AUTOCONFIG: join(generated, "auto.conf"),
        KCONFIG_AUTOHEADER: join(generated, "autoconf.h"),
        KCONFIG_TRISTATE: join(generated, "tristate.config"),
        SKIP_LEGACY: "",
      } as NodeJS.ProcessEnv,
    });
  }
}
