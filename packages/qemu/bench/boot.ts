// Boot to the login prompt: `launch` and `waitFor` against the bare QEMU line, in turns, both under TCG.
// `pnpm bench` in the package's folder; the number of turns is its argument.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { findQemu, launch, loginPrompt, type Machine, machineCommand } from "../src/index.js";
import { testInitramfs } from "../test/support/initramfs.js";
import { testKernel } from "../test/support/kernel.js";

const { env } = process;
const turns = Number(process.argv[2] ?? 5);

/**
 * QEMU writes into a file, which costs it nothing; Node's own pipes would hold it up (process/wide-pipe.ts). It has a
 * session of its own, as a launched one has: Linux shares processors out by session (sched(7), "The autogroup feature").
 */
async function bareBoot(machine: Machine, binary: string, folder: string): Promise<number> {
  const { file, args } = machineCommand(machine, { binary, accel: "tcg" });
  const log = join(folder, "bare.log");
  const output = openSync(log, "w");
  const begin = performance.now();
  const child = spawn(file, args, { stdio: ["pipe", output, "ignore"], detached: true });
  while (!readFileSync(log, "latin1").includes("login: ")) await setTimeout(10);
  const took = performance.now() - begin;
  child.kill();
  await once(child, "exit");
  closeSync(output);
  return took;
}

async function launchedBoot(machine: Machine): Promise<number> {
  const begin = performance.now();
  const running = await launch(machine, { env, accel: "tcg" });
  await running.console.waitFor(loginPrompt(), { timeoutMs: 600_000 });
  const took = performance.now() - begin;
  await running.stop();
  return took;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const [kernel, initramfs] = await Promise.all([testKernel(), testInitramfs()]);
if ("unavailable" in kernel || "unavailable" in initramfs) {
  console.log("not measured:", "unavailable" in kernel ? kernel.unavailable : "no BusyBox");
} else {
  const folder = await mkdtemp(join(tmpdir(), "qemu-bench-"));
  try {
    const initrd = join(folder, "initramfs.cpio");
    await writeFile(initrd, initramfs.data);
    const machine: Machine = {
      arch: "x86_64",
      kernel: kernel.file,
      initrd,
      append: "console=ttyS0 no_timer_check",
      memory: 256,
    };
    const { path } = await findQemu({ arch: "x86_64", env });
    const bare: number[] = [];
    const launched: number[] = [];
    for (let turn = 1; turn <= turns; turn += 1) {
      // Each is first in every other turn.
      if (turn % 2 === 0) launched.push(await launchedBoot(machine));
      bare.push(await bareBoot(machine, path, folder));
      if (turn % 2 === 1) launched.push(await launchedBoot(machine));
      console.log(`turn ${turn}: bare ${bare.at(-1)?.toFixed(0)} ms, launch ${launched.at(-1)?.toFixed(0)} ms`);
    }
    const [a, b] = [median(bare), median(launched)];
    console.log(`median: bare ${a.toFixed(0)} ms, launch ${b.toFixed(0)} ms, ratio ${(b / a).toFixed(2)}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
