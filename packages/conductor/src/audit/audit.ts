import { checkCollectors, collectorsOf, type OwnCollectors } from "./collectors.js";
import { checkExecutables } from "./executables.js";
import { checkImage } from "./initramfs.js";
import { checkKernel, moduleFacts, optionsFor, parseKernelConfig } from "./kernel.js";
import { agentName, checkPython, symbolsOf } from "./python/check.js";
import { commandLineImage } from "./cmdline/image.js";
import { lintCommandLine, type CommandLineImage, type CommandLineReport } from "./cmdline/lint.js";
import { kernelConfigOf, type KernelSources } from "./kernel-config.js";
import { readImage } from "./read-image.js";
import type { AgentContract, AuditArea, AuditFinding, AuditReport, AuditSeverity, CheckResult } from "./types.js";
import type { ReadOptions } from "../image/archives.js";

/** What `auditImage` needs. */
export interface AuditOptions extends ReadOptions, KernelSources {
  /** The initramfs: cpio archives, plain or packed by xz, gzip, zstd or LZ4. */
  readonly initramfs: string;
  readonly contract: AgentContract;
  /** A kernel command line to check against the image. */
  readonly commandLine?: string;
}

const worst: readonly AuditSeverity[] = ["error", "warning", "unknown"];

/**
 * Opens an image without booting it and compares it with what the agent needs.
 * Errors: `IMAGE_UNREADABLE`, `IMAGE_INVALID`, `IMAGE_UNSUPPORTED`, `IMAGE_TOO_LARGE`, `DECOMPRESSOR_MISSING`, `ABORTED`.
 */
export async function auditImage(options: AuditOptions): Promise<AuditReport> {
  const { contract, commandLine = "" } = options;
  const rootfs = await readImage(options.initramfs, { ...contract, commandLine }, options);
  const kernel = await kernelConfigOf(rootfs, options);
  const config = kernel.text === undefined ? undefined : parseKernelConfig(kernel.text);
  const python = checkPython(rootfs, contract);
  const image = commandLineImage(rootfs, python, contract);
  const line = lintCommandLine(commandLine, image);
  const results: readonly (readonly [AuditArea, CheckResult])[] = [
    ["image", checkImage(rootfs, config)],
    ["executable", checkExecutables(rootfs, contract)],
    ["python", python],
    [
      "collector",
      python.agent === undefined ? nothing : checkCollectors(python.distributions, ownCollectors(image, contract)),
    ],
    [
      "kernel",
      withFindings(checkKernel({ config, ...moduleFacts(rootfs) }, optionsFor(rootfs, contract)), kernel.findings),
    ],
    ["command line", { checked: line.parameters.length, findings: line.findings }],
  ];
  const findings = results.flatMap(([, result]) => result.findings);
  return {
    ...{ image: rootfs.path, segments: rootfs.segments, files: rootfs.files.size, bytes: rootfs.bytes },
    agentVersion: python.agent?.version,
    collectors: collectorsOf(python.distributions),
    kernelConfig: kernel.place,
    counts: results.map(([area, result]) => ({ area, checked: result.checked, good: good(result) })),
    findings: findings.toSorted((one, other) => worst.indexOf(one.severity) - worst.indexOf(other.severity)),
    passed: findings.every(({ severity }) => severity !== "error"),
  };
}

/** What `lintCommandLineFor` needs. */
export interface CommandLineOptions extends ReadOptions {
  readonly initramfs: string;
  readonly commandLine: string;
  /** What collectors need of the image; without it their programs are not looked for. */
  readonly contract?: Pick<AgentContract, "collectors">;
}

/** `lintCommandLine` with an image that is read for it. Errors: those of `auditImage`. */
export async function lintCommandLineFor(options: CommandLineOptions): Promise<CommandLineReport> {
  const { commandLine, initramfs } = options;
  const contract: AgentContract = { tools: [], kernelOptions: [], pythonSymbols: [], ...options.contract };
  const rootfs = await readImage(initramfs, { ...contract, commandLine }, options);
  return lintCommandLine(commandLine, commandLineImage(rootfs, checkPython(rootfs, contract), contract));
}

function ownCollectors({ settings, lame = new Map() }: CommandLineImage, contract: AgentContract): OwnCollectors {
  return { settings, lame, symbols: symbolsOf(contract.distribution ?? agentName, contract) };
}

const nothing: CheckResult = { checked: 0, findings: [] };

function withFindings(result: CheckResult, more: readonly AuditFinding[]): CheckResult {
  return { checked: result.checked, findings: [...more, ...result.findings] };
}

/** Things without a finding; one thing may have several. */
function good({ checked, findings }: CheckResult): number {
  return Math.max(0, checked - new Set(findings.map(({ name }) => name)).size);
}
