import { QemuError } from "../errors.js";
import type { MachineExit } from "../types.js";
import type { Panic } from "./panic.js";

/** Lines of the screen that a message quotes. */
export const quotedLines = 12;

function quote(screen: string): string {
  if (screen === "") return "The guest printed nothing.";
  return `The screen's last lines:\n${screen.replaceAll(/^/gm, "  | ")}`;
}

/** `WAIT_TIMEOUT` with what stands on the screen. */
export function timeoutError(what: string, timeoutMs: number, screen: string): QemuError {
  return new QemuError(
    "WAIT_TIMEOUT",
    `Waited ${Math.round(timeoutMs) / 1000} s for ${what} in vain. ${quote(screen)}`,
    {
      hint:
        screen === ""
          ? "A kernel that prints nothing lacks its console: add console=ttyS0 (x86_64) or console=ttyAMA0 (aarch64) to append."
          : "Wait longer, or see above what the guest does instead.",
      details: { timeoutMs, screen },
    },
  );
}

/** `MACHINE_EXITED` with what stands on the screen. */
export function exitedError(what: string, exit: MachineExit, screen: string): QemuError {
  const how = exit.signal === null ? `exit code ${exit.code}` : `signal ${exit.signal}`;
  return new QemuError("MACHINE_EXITED", `The machine ended (${how}) before ${what}. ${quote(screen)}`, {
    ...(exit.stderr.trim() === "" ? {} : { hint: `QEMU said: ${exit.stderr.trim()}` }),
    details: { ...exit, screen },
  });
}

/** `KERNEL_PANIC` with the trace. */
export function panicError(panic: Panic): QemuError {
  return new QemuError("KERNEL_PANIC", `The guest's kernel panicked: ${panic.cause}\n${panic.trace}`, {
    hint: panicHint(panic.cause),
    details: { cause: panic.cause, trace: panic.trace },
  });
}

function panicHint(cause: string): string {
  if (/Unable to mount root fs|No working init found/.test(cause)) {
    return "The kernel found no initramfs that it can unpack and no root device: check initrd, and root= in append.";
  }
  if (/timer doesn't work/.test(cause)) {
    return "The host was too busy when the kernel tried its timer: add no_timer_check to append, as KVM's guests do by themselves.";
  }
  if (/Attempted to kill init/.test(cause)) return "The guest's first program ended: see what it printed before.";
  if (/Out of memory|System is deadlocked on memory/.test(cause)) return "Give the machine more memory.";
  return "See the trace; console.transcript holds everything before it.";
}
