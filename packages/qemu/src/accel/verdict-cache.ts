import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { QemuBinary } from "../types.js";
import type { AccelerationHost } from "./host.js";

/** A verdict as the file holds it: null stands for "KVM works". */
export interface RememberedVerdict {
  readonly reason: string | null;
  /** Milliseconds since 1970 until which it holds; for ever unless there. */
  readonly until?: number;
}

/** Raise it when the probe guest or its judgement changes: older verdicts are not asked any more. */
const probeVersion = 2;

/**
 * The file of a verdict. The boot is part of its name: what makes KVM work or fail (a module's parameter, firmware
 * settings, the hypervisor below) changes with a boot, and one probe per boot is cheap. The processor is part of it
 * since a virtual machine that is moved or restored from a snapshot keeps its boot and gets another processor.
 */
export function verdictFile(cacheDir: string, host: AccelerationHost, binary: QemuBinary): string {
  const facts = [probeVersion, host.bootId, host.kernelRelease, host.cpuModel, binary.path, binary.version];
  const key = createHash("sha256").update(JSON.stringify(facts)).digest("hex").slice(0, 16);
  return join(cacheDir, `kvm-verdict-${key}.json`);
}

/** A remembered verdict; undefined if there is none that can be read, or that still holds. */
export async function readVerdict(file: string, now: number): Promise<RememberedVerdict | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(file, "utf8"));
    if (typeof value !== "object" || value === null || !("reason" in value)) return undefined;
    const { reason, until } = value as Partial<Record<keyof RememberedVerdict, unknown>>;
    if (typeof until === "number" && until <= now) return undefined;
    return reason === null || typeof reason === "string" ? { reason } : undefined;
  } catch {
    return undefined;
  }
}

/** Remembers a verdict. A folder that cannot be written is no error: the next launch probes again. */
export async function writeVerdict(file: string, verdict: RememberedVerdict): Promise<void> {
  const temporary = `${file}.${randomUUID()}`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(temporary, `${JSON.stringify(verdict)}\n`);
    await rename(temporary, file);
  } catch {
    // Nothing to undo: a temporary file that was not renamed is never read.
  }
}
