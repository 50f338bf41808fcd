import type { AccelerationVerdict, Architecture, Environment, QemuBinary } from "../types.js";
import { type AccelerationHost, readHost } from "./host.js";
import { probe, type ProbeResult } from "./probe.js";
import { readVerdict, verdictFile, writeVerdict } from "./verdict-cache.js";

/** What is asked about acceleration. */
export interface DetectAccelerationOptions {
  readonly binary: QemuBinary;
  readonly env: Environment;
  /** A folder where the verdict is remembered until the host boots again; without it every call probes. */
  readonly cacheDir?: string;
  readonly signal?: AbortSignal;
  /** The host to judge; this one unless given. */
  readonly host?: AccelerationHost;
  /** Runs the probe guest; for tests. */
  readonly probe?: (binary: QemuBinary) => Promise<ProbeResult>;
  /** Milliseconds since 1970; for tests. */
  readonly now?: () => number;
}

/** Milliseconds for which a verdict is remembered that the host may have been too busy for. */
const uncertainMs = 3_600_000;

/** Node's name of the processor that runs an architecture's guests without translation. */
const native: Readonly<Record<Architecture, string>> = { x86_64: "x64", aarch64: "arm64" };

/**
 * Whether KVM really works here, which the mere presence of /dev/kvm does not tell: on some hosts QEMU ends at once
 * ("failed to set MSR 0x10a"), on others a kernel hangs without a line. So a small guest of our own is run, which goes
 * the way of a kernel's start; some 100 ms where KVM works, 8 s at the very most.
 *
 * Known limit: on aarch64 hosts there is no probe guest, KVM is taken as working if it can be opened.
 * Errors: `QEMU_UNUSABLE`, `ABORTED`.
 */
export async function detectAcceleration(options: DetectAccelerationOptions): Promise<AccelerationVerdict> {
  const { binary, cacheDir, now = Date.now } = options;
  const host = options.host ?? (await readHost());
  const refusal = staticRefusal(host, binary.arch);
  if (refusal !== undefined) return verdict(refusal, false);
  if (binary.arch !== "x86_64") return verdict(undefined, false);

  const file = cacheDir === undefined ? undefined : verdictFile(cacheDir, host, binary);
  const remembered = file === undefined ? undefined : await readVerdict(file, now());
  if (remembered !== undefined) return verdict(remembered.reason ?? undefined, true);

  const result = await (options.probe ?? ((found) => probe(found, "kvm", options)))(binary);
  const reason = result.reason ?? null;
  const remember = result.certain ? { reason } : { reason, until: now() + uncertainMs };
  if (file !== undefined) await writeVerdict(file, remember);
  return verdict(result.reason, false);
}

/** What is known without a guest. Never remembered: a user joins the group, a module is loaded. */
function staticRefusal(host: AccelerationHost, guest: Architecture): string | undefined {
  if (host.platform !== "linux") return `KVM is Linux's, this host runs ${host.platform}`;
  if (host.arch !== native[guest]) return `the guest is ${guest}, this host's processor is ${host.arch}`;
  return host.kvmRefusal;
}

function verdict(reason: string | undefined, remembered: boolean): AccelerationVerdict {
  return { accel: reason === undefined ? "kvm" : "tcg", reason, remembered };
}
