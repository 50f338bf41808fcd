import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { findProgram } from "./host.js";

export const miniroot: string = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
export const buildrootIpa: string = join(miniroot, "../../buildroot-ipa");

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder of a test's own with output folders, external trees and files in it; gone when the test is over. */
export class Workshop {
  readonly folder: string = mkdtempSync(join(tmpdir(), "miniroot-"));
  readonly output: string = join(this.folder, "output");

  constructor() {
    onTestFinished(() => rmSync(this.folder, { recursive: true, force: true }));
  }

  environment(extra: Record<string, string> = {}): NodeJS.ProcessEnv {
    const { PATH, HOME } = process.env;
    return { PATH, HOME, TERM: "dumb", BR2_DL_DIR: join(this.folder, "dl"), ...extra } as NodeJS.ProcessEnv;
  }

  /** Runs make in the tree, with O; never throws. */
  tryMake(args: readonly string[], env: Record<string, string> = {}): Finished {
    const given = args.some((arg) => arg.startsWith("O=")) ? [] : [`O=${this.output}`];
    const { status, stdout, stderr } = spawnSync("make", ["--no-print-directory", "-C", miniroot, ...given, ...args], {
      encoding: "utf8",
      env: this.environment(env),
    });
    return { code: status, stdout, stderr };
  }

  /** Runs make in the tree, with O; returns what it printed, throws if it failed. */
  make(...args: readonly string[]): string {
    const result = this.tryMake(args);
    if (result.code !== 0) throw new Error(`make ${args.join(" ")}: ${result.code}\n${result.stdout}${result.stderr}`);
    return result.stdout;
  }

  /** Starts make in a process group of its own. */
  startMake(args: readonly string[], env: Record<string, string> = {}): ChildProcess {
    return spawn("make", ["-C", miniroot, `O=${this.output}`, ...args], {
      env: this.environment(env),
      detached: true,
      stdio: "ignore",
    });
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  write(name: string, text: string): string {
    const file = this.path(name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  script(name: string, text: string): string {
    const file = this.write(name, `#!/bin/sh\nset -eu\n${text}\n`);
    chmodSync(file, 0o755);
    return file;
  }

  read(name: string): string {
    return readFileSync(this.path(name), "utf8");
  }

  has(name: string): boolean {
    return existsSync(this.path(name));
  }

  /** Makes an external tree; `files` come on top of the three that every tree has. */
  external(name: string, files: Record<string, string> = {}): string {
    const all = {
      "external.desc": `name: ${name}\ndesc: Tree ${name}\n`,
      "external.mk": "",
      "Config.in": "",
      ...files,
    };
    for (const [file, text] of Object.entries(all)) this.write(`${name}/${file}`, text);
    return this.path(name);
  }

  /** A kernel's package in small: e1000 stands alone, virtio_net needs two more, of which one by way of the other. */
  kernelPackage(): string {
    const modules: Record<string, string> = {
      "drivers/net/e1000": "",
      "drivers/net/virtio_net": "net_failover",
      "drivers/net/net-failover": "failover",
      "net/core/failover": "",
    };
    for (const [path, depends] of Object.entries(modules)) {
      this.write(`deb/lib/modules/6.1.0-test/kernel/${path}.ko`, `ELF\0license=GPL\0depends=${depends}\0name=x\0`);
    }
    this.write("deb/lib/modules/6.1.0-test/modules.builtin", "kernel/drivers/virtio/virtio-pci.ko\n");
    this.write("deb/boot/vmlinuz-6.1.0-test", "a kernel");
    this.write(
      "deb/DEBIAN/control",
      "Package: linux-image-test\nVersion: 6.1.0-1\nArchitecture: all\nMaintainer: nobody <nobody@example.org>\nDescription: test\n",
    );
    const file = this.path("kernel.deb");
    execFileSync(findProgram("dpkg-deb")!, ["--build", "--root-owner-group", this.path("deb"), file], {
      stdio: "ignore",
    });
    return file;
  }

  /** Configures with these lines on top of miniroot_defconfig, and the small kernel's package. */
  configure(lines: readonly string[] = [], ...args: readonly string[]): void {
    const defconfig = this.write(
      "my_defconfig",
      [
        'BR2_TARGET_GENERIC_GETTY_PORT="ttyS0"',
        `BR2_MINIROOT_KERNEL_DEB="${this.kernelPackage()}"`,
        'BR2_MINIROOT_KERNEL_MODULES="e1000 virtio-net virtio_pci"',
        ...lines,
        "",
      ].join("\n"),
    );
    this.make("defconfig", `BR2_DEFCONFIG=${defconfig}`, ...args);
  }

  config(): string[] {
    return this.read("output/.config").split("\n");
  }
}
