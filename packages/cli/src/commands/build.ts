import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  type Buildroot,
  type BuildResult,
  type BuildrootEvent,
  type ImageFile,
  keptAnswers,
  type RebuildPolicy,
  type StepRecord,
} from "@ipa-br/buildroot";
import { type Io, note, print } from "../io.js";
import { parseSettings } from "../settings/parse.js";
import type { Settings } from "../settings/resolve.js";
import { openTree } from "../tree.js";
import { formatBytes, formatSeconds, formatTable } from "../ui/format.js";
import { formatAdvice } from "../ui/advice.js";
import { endingInEvents, printEvent } from "../ui/events.js";
import { eventsSchema } from "../ui/events-schema.js";
import { createProgress, displayMode } from "../ui/progress.js";
import { preflight } from "./host.js";
import { namedDefconfig } from "./options.js";
import { checkLock, lockPath } from "./lock.js";
import { buildAsking, explainRebuild } from "./rebuild.js";
import { type ConfigureOptions, configureTree, settingsWithOutput } from "./configure.js";

/** What `build` takes beside the locations and settings. */
export type BuildCommandOptions = ConfigureOptions & {
  readonly defconfig?: string;
  readonly jobs?: number;
  readonly offline?: boolean;
  /** Tell what would be made anew, and build nothing. */
  readonly explain?: boolean;
  readonly rebuild?: RebuildPolicy;
  /** A file, or true for the one here. */
  readonly locked?: string | boolean;
  /** False: the host is not looked at. */
  readonly doctor?: boolean;
  readonly jsonSchema?: boolean;
};

/** `ipa-br build [target...]`: configures first if the output folder has no configuration yet or one is named. */
export async function build(io: Io, targets: readonly string[], options: BuildCommandOptions): Promise<void> {
  if (options.jsonSchema === true) print(io, JSON.stringify(eventsSchema, null, 2));
  else await endingInEvents(io, options, () => buildTargets(io, targets, options));
}

async function buildTargets(io: Io, targets: readonly string[], options: BuildCommandOptions): Promise<void> {
  const settings = await settingsWithOutput(io, options);
  const answers = await keptAnswers(join(settings.cacheDir, "answers.json"));
  const looked = options.doctor === false ? undefined : await preflight(io, settings, options.json === true, answers);
  await looked?.before();
  const progress = createProgress(io, displayMode(io, options));
  const show = (event: BuildrootEvent): void => {
    if (event.type === "rebuild" && options.json !== true) for (const line of formatAdvice(event)) note(io, line);
    progress.event(event);
  };
  const tree = await openTree(io, settings, show, answers);
  try {
    await configureWhereAsked(io, tree, settings, options);
    if (options.explain === true) return await explainRebuild(io, tree, options.json === true);
    await looked?.configured(tree);
    if (options.locked !== undefined && options.locked !== false)
      await checkLock(io, tree, lockPath(io, options.locked === true ? undefined : options.locked));
    const ask = io.stdin.isTTY === true && io.stderr.isTTY === true && options.json !== true;
    const result = await buildAsking(io, options.rebuild, ask, (rebuild) => {
      const run = tree.build({
        targets,
        signal: io.signal,
        offline: options.offline === true,
        rebuild,
        ...(options.jobs === undefined ? {} : { jobs: options.jobs }),
      });
      return run.result;
    });
    progress.end();
    if (options.json === true) printEvent(io, { type: "built", ...result });
    else print(io, summary(result));
  } finally {
    progress.end();
  }
}

/**
 * A defconfig is configured where one is named or nothing is configured yet. What is typed besides changes the present
 * configuration; what the environment and the config file say was applied when it was made, and menuconfig may have changed it.
 */
async function configureWhereAsked(
  io: Io,
  tree: Buildroot,
  settings: Settings,
  options: BuildCommandOptions,
): Promise<void> {
  const defconfig = namedDefconfig(options.defconfig, options.profile);
  if (defconfig !== undefined || !existsSync(join(tree.output, ".config"))) {
    await configureTree(io, tree, settings, defconfig ?? settings.defconfig, options.reproducible);
  } else if (options.fragment !== undefined || options.set !== undefined || options.reproducible === true) {
    const fragments = options.fragment === undefined ? [] : settings.fragments;
    await configureTree(
      io,
      tree,
      { ...settings, fragments, set: parseSettings(options.set ?? []) },
      undefined,
      options.reproducible,
    );
  }
}

/** The figures of a build: seconds per package, images with their sizes. */
export function summary(result: BuildResult): string {
  const lines = [`Built in ${formatSeconds(result.seconds)}`];
  const packages = secondsPerPackage(result.steps);
  if (packages.length > 0)
    lines.push(formatTable(packages.map(([name, seconds]) => [`  ${name}`, formatSeconds(seconds)])));
  if (result.images.length > 0) lines.push("Images", imageTable(result.images));
  lines.push(`Log: ${result.logPath}`);
  return lines.join("\n");
}

/** The images as a table of path and size. */
export function imageTable(images: readonly ImageFile[]): string {
  return formatTable(images.map(({ path, size }) => [`  ${path}`, formatBytes(size)]));
}

function secondsPerPackage(steps: readonly StepRecord[]): readonly (readonly [string, number])[] {
  const totals = new Map<string, number>();
  for (const step of steps) {
    const name = step.package === undefined ? "(images and checks)" : `${step.package} ${step.version ?? ""}`.trimEnd();
    totals.set(name, (totals.get(name) ?? 0) + step.seconds);
  }
  return [...totals].sort((a, b) => b[1] - a[1]).slice(0, 12);
}

/** `ipa-br clean`: removes what was built; configuration and downloads stay. */
export async function clean(io: Io, options: ConfigureOptions): Promise<void> {
  const settings = await settingsWithOutput(io, options);
  const tree = await openTree(io, settings);
  const result = await tree.clean({ signal: io.signal });
  note(io, `Cleaned ${tree.output} in ${formatSeconds(result.seconds)}; its configuration and the downloads stay`);
}
