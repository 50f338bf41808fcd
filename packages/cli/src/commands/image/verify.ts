import { resolve } from "node:path";
import {
  jsonReport,
  junitReport,
  type Report,
  type ScenarioEvent,
  scenarios as allScenarios,
  scenariosNamed,
  textReport,
} from "@ipa-br/conductor";
import { writeFileAtomic } from "@ipa-br/kconfig/node";
import { CliError } from "../../errors.js";
import { type Io, note, print } from "../../io.js";
import { verifyImages } from "../../machine/verify.js";
import { resolveSettings } from "../../settings/resolve.js";
import { formatSeconds } from "../../ui/format.js";
import { locateImages, type MachineOptions } from "./images.js";
import { machineSettings } from "./machine-settings.js";

/** What `verify` takes beside images and machine. */
export type VerifyCommandOptions = MachineOptions & {
  readonly scenario?: readonly string[];
  readonly list?: boolean;
  /** Seconds per step. */
  readonly timeout?: number;
  /** Seconds. */
  readonly outage?: number;
  readonly json?: boolean;
  readonly junit?: string;
  readonly verbose?: boolean;
};

/**
 * `ipa-br verify [images]`: boots the images and plays scenarios against their agent.
 * @throws CliError IMAGES_MISSING, VERIFY_FAILED; ConductorError SCENARIO_UNKNOWN
 */
export async function verify(io: Io, images: string | undefined, options: VerifyCommandOptions): Promise<void> {
  if (options.list === true) {
    for (const { name, description } of allScenarios) print(io, `${name.padEnd(16)}${description}`);
    return;
  }
  const chosen = options.scenario === undefined ? allScenarios : scenariosNamed(options.scenario);
  const settings = await resolveSettings(io, options);
  const { arch, kernel, initramfs } = locateImages(io, settings, {
    ...options,
    ...(images === undefined ? {} : { images }),
  });
  const report = await verifyImages({
    ...{ arch, kernel, initramfs, scenarios: chosen },
    ...machineSettings(io, settings, options),
    ...(options.timeout === undefined ? {} : { stepTimeoutMs: options.timeout * 1000 }),
    ...(options.outage === undefined ? {} : { outageMs: options.outage * 1000 }),
    signal: io.signal,
    onMachineEvent: (event) => event.type === "warning" && note(io, `warning: ${event.message}`),
    onScenarioEvent: (event) => tell(io, event),
    ...(options.verbose === true ? { onOutput: (text) => void io.stderr.write(text) } : {}),
  });
  if (options.junit !== undefined) await writeFileAtomic(resolve(io.cwd, options.junit), junitReport(report));
  io.stdout.write(options.json === true ? jsonReport(report) : textReport(report));
  if (!report.passed) throw failure(report);
}

/** One line per step, as it ends. */
function tell(io: Io, event: ScenarioEvent): void {
  if (event.type === "scenario-started") note(io, `${event.name}: ${event.description}`);
  if (event.type !== "step") return;
  const { asked, came, outcome, durationMs } = event.step;
  const what = outcome === "failed" ? "FAILED" : came;
  note(io, `  ${asked}: ${what} (${formatSeconds(durationMs / 1000)})`);
}

/** The first step that failed, and why. */
function failure({ scenarios }: Report): CliError {
  const failed = scenarios.filter(({ outcome }) => outcome === "failed");
  const { name, failure: reason, steps } = failed[0]!;
  const step = steps.find(({ outcome }) => outcome === "failed")?.asked ?? "the scenario";
  const message = reason?.message ?? "it failed";
  return new CliError("VERIFY_FAILED", `${name} failed at "${step}": ${message}`, {
    hint: reason?.hint ?? `ipa-br verify --scenario ${name} --verbose shows the machine's console`,
    details: { scenario: name, step, code: reason?.code, failed: failed.length },
  });
}
