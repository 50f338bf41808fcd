import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  type Buildroot,
  BuildrootError,
  diagnoseHost,
  type Diagnosis,
  type DoctorHost,
  localDoctorHost,
  type PackageInfos,
  type Problem,
  type ProgramAnswers,
} from "@ipa-br/buildroot";
import { CliError } from "../errors.js";
import { type Io, note } from "../io.js";
import type { Settings } from "../settings/resolve.js";
import { printEvent } from "../ui/events.js";
import { hostLine, problemLines } from "../ui/render-problems.js";

/** What a look at the host is told beside the settings. */
export interface LookOptions {
  /** The tree, once it is opened. */
  readonly tree?: Buildroot;
  /** Its folder where it is known but cannot be opened. */
  readonly buildroot?: string | undefined;
  readonly host?: DoctorHost;
  /** Default true. */
  readonly notes?: boolean;
  /** Whether the output folder's .config counts. Default true. */
  readonly configured?: boolean;
}

/** Diagnoses this host for what the settings are about. */
export async function lookAtHost(io: Io, settings: Settings, options: LookOptions): Promise<Diagnosis> {
  const { tree, host, configured = true } = options;
  const buildroot = tree?.buildroot ?? options.buildroot;
  const config = configured ? await readConfig(settings.output) : undefined;
  const info = config === undefined || tree === undefined ? undefined : await infoOf(io, tree);
  return diagnoseHost({
    env: io.env,
    output: settings.output,
    dlDir: settings.dlDir,
    ccacheDir: settings.ccacheDir,
    signal: io.signal,
    notes: options.notes ?? true,
    ...(config === undefined ? {} : { config }),
    ...(info === undefined ? {} : { info }),
    ...(buildroot === undefined ? {} : { buildroot }),
    ...(tree === undefined ? {} : { externals: tree.externals }),
    ...(host === undefined ? {} : { host }),
  });
}

async function readConfig(output: string): Promise<string | undefined> {
  return readFile(join(output, ".config"), "utf8").catch(() => undefined);
}

/** What cannot be told of the packages is no reason to say nothing of the host. */
async function infoOf(io: Io, tree: Buildroot): Promise<PackageInfos | undefined> {
  try {
    return await tree.showInfo({ cached: true, signal: io.signal });
  } catch (error) {
    if (BuildrootError.is(error) && error.code !== "ABORTED") return undefined;
    throw error;
  }
}

/** Throws HOST_UNFIT with everything that stops a build, each with its reason and its command. */
export function requireFit({ problems, fix }: Diagnosis): void {
  const errors = problems.filter(({ severity }) => severity === "error");
  if (errors.length === 0) return;
  const lines = errors.flatMap(problemLines).join("\n");
  throw unfit(`this host cannot build, for ${countOf(errors)}:\n${lines}`, errors, fix?.join(" "));
}

/** The same where all of it has been shown already. */
export function requireFitBriefly({ problems, fix }: Diagnosis): void {
  const errors = problems.filter(({ severity }) => severity === "error");
  if (errors.length === 0) return;
  const hint = fix === undefined ? undefined : "ipa-br doctor --fix";
  throw unfit(`this host cannot build, for ${countOf(errors)}`, errors, hint);
}

const countOf = ({ length }: readonly Problem[]): string => (length === 1 ? "a problem" : `${length} problems`);

function unfit(message: string, problems: readonly Problem[], hint: string | undefined): CliError {
  return new CliError("HOST_UNFIT", message, { ...(hint === undefined ? {} : { hint }), details: { problems } });
}

/** A look before a build: first at the host itself, then at what the configuration asks of it. */
export interface Preflight {
  /** Before the tree is opened and configured, so that all problems come at once. */
  before(): Promise<void>;
  /** Once it is configured. Tells the outcome in one line. */
  configured(tree: Buildroot): Promise<void>;
}

/**
 * The outcome is one line beside the results, or with `json` an event. What programs say is taken from `answers`, unless that would
 * stop the build: then they are asked again, since what was missing may have come by a way that nobody saw.
 */
export async function preflight(
  io: Io,
  settings: Settings,
  json: boolean,
  answers: ProgramAnswers,
): Promise<Preflight> {
  // Both looks share what was found and asked.
  const host = await localDoctorHost(io.env, answers);
  const look = async (options: LookOptions): Promise<Diagnosis> => {
    const found = await lookAtHost(io, settings, { ...options, host, notes: false });
    if (found.problems.every(({ severity }) => severity !== "error")) return found;
    return lookAtHost(io, settings, { ...options, host: await localDoctorHost(io.env), notes: false });
  };
  return {
    async before() {
      requireFit(await look({ configured: false }));
    },
    async configured(tree) {
      const found = await look({ tree });
      if (json) printEvent(io, { type: "host", checks: found.checks.length, problems: found.problems });
      requireFit(found);
      if (!json) note(io, hostLine(found));
      await answers.keep();
    },
  };
}
