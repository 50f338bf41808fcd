import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { beforeEach, expect, it, onTestFinished, vi } from "vitest";
import { cannotBuild, findProgram, noKernel, noQemu } from "./support/host.js";
import { buildrootIpa, miniroot, Workshop } from "./support/workshop.js";

const reason = cannotBuild() ?? noKernel() ?? noQemu();
// Downloaded once, kept from run to run.
const downloads = join(miniroot, ".cache/dl");

beforeEach((context) => context.skip(reason !== undefined, reason));

/** A machine without KVM, so that every host behaves the same; its console is its standard input and output. */
class Machine {
  readonly #process: ChildProcess;
  #console = "";

  constructor(images: string) {
    this.#process = spawn(
      findProgram("qemu-system-x86_64")!,
      [
        ["-accel", "tcg", "-m", "1024", "-nographic", "-no-reboot", "-nic", "user,model=e1000"],
        ["-kernel", join(images, "bzImage"), "-initrd", join(images, "rootfs.cpio.xz")],
        ["-append", "console=ttyS0 quiet panic=-1"],
      ].flat(),
      { stdio: ["pipe", "pipe", "ignore"] },
    );
    this.#process.stdout!.setEncoding("utf8").on("data", (text: string) => (this.#console += text));
    onTestFinished(() => void this.#process.kill("SIGKILL"));
  }

  send(line: string): void {
    this.#process.stdin!.write(`${line}\n`);
  }

  async sees(text: RegExp, seconds: number): Promise<void> {
    await this.#until(() => text.test(this.#console), seconds, `no ${text} on the console`);
  }

  /** Types a command again until its output shows. */
  async answers(command: string, text: RegExp, seconds: number): Promise<void> {
    const typed = setInterval(() => this.send(command), 2000);
    await this.sees(text, seconds).finally(() => clearInterval(typed));
  }

  async isOff(seconds: number): Promise<void> {
    await this.#until(() => this.#process.exitCode === 0, seconds, "the machine is still on");
  }

  async #until(condition: () => boolean, seconds: number, failure: string): Promise<void> {
    await vi.waitUntil(condition, { timeout: seconds * 1000, interval: 200 }).catch((cause: unknown) => {
      throw new Error(`${failure} after ${seconds} s:\n${this.#console}`, { cause });
    });
  }
}

it("boots to the login prompt, with an address over e1000", { timeout: 400_000 }, async () => {
  const shop = new Workshop();
  const configured = shop.tryMake(["miniroot_defconfig", `BR2_EXTERNAL=${buildrootIpa}`]);
  expect(configured.stderr).toBe("");
  const built = shop.tryMake([], { BR2_DL_DIR: downloads });
  expect(built.stderr).toBe("");
  expect(built.code).toBe(0);

  const machine = new Machine(shop.path("output/images"));
  await machine.sees(/miniroot login: /, 180);
  machine.send("root");
  await machine.sees(/# /, 60);
  await machine.answers("ip -4 addr show dev eth0", /inet 10\.0\.2\.15\/24/, 60);
  machine.send("poweroff");
  await machine.isOff(60);
});
