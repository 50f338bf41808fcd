import { writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { dirname, join, resolve } from "node:path";
import {
  githubWorkflow,
  gitlabPipeline,
  kubernetesJob,
  type MatrixEntry,
  type MatrixOutcome,
  type PipelineOptions,
  runMatrix,
} from "@ipa-br/buildroot";
import { Argument, type Command } from "commander";
import { CliError, isCodedError } from "../errors.js";
import { type Io, note, print } from "../io.js";
import { type LocationOptions, resolveSettings } from "../settings/resolve.js";
import { openTree } from "../tree.js";
import { formatSeconds, formatTable } from "../ui/format.js";
import { withLocations } from "./options.js";
import { wholeNumber } from "./values.js";

/** What `matrix` takes beside the locations. */
type MatrixOptions = LocationOptions & {
  readonly file?: string;
  readonly atOnce?: number;
  readonly remoteCache?: string;
  readonly image?: string;
  readonly claim?: string;
  readonly command?: string;
  readonly out?: string;
};

const fileName = "ipa-br.matrix.json";

/** Adds `ipa-br matrix`. */
export function addMatrixCommand(program: Command, io: Io): void {
  withLocations(
    program
      .command("matrix")
      .description("build many configurations: here, or as a pipeline for an engine that you run"),
  )
    .exitOverride()
    .addArgument(
      new Argument("<action>", "build them here, or print a pipeline").choices([
        "run",
        "github",
        "gitlab",
        "kubernetes",
      ]),
    )
    .option("--file <file>", `the configurations (default: ${fileName} here)`)
    .option("--at-once <n>", "builds at once (default: 1 here, all in a pipeline)", wholeNumber)
    .option("--remote-cache <url>", "ccache's remote storage for a pipeline: http, https, redis or redis+unix")
    .option("--image <image>", "the container image of a pipeline's jobs")
    .option("--claim <name>", "kubernetes: the PersistentVolumeClaim for downloads and results")
    .option("--command <words>", "what a pipeline runs (default: npx --yes @ipa-br/cli)")
    .option("--out <file>", "write the pipeline to a file instead of printing it")
    .action((action: string, options: MatrixOptions) => matrix(io, action, options));
}

async function matrix(io: Io, action: string, options: MatrixOptions): Promise<void> {
  const file = resolve(io.cwd, options.file ?? fileName);
  const { readEntries } = await import("./matrix-file.js");
  const entries = await readEntries(file);
  if (action === "run") {
    await buildAll(io, entries, dirname(file), options);
    return;
  }
  const text = await pipeline(action, entries, options);
  if (options.out === undefined) io.stdout.write(text);
  else {
    await writeFile(resolve(io.cwd, options.out), text);
    print(io, resolve(io.cwd, options.out));
  }
}

async function pipeline(action: string, entries: readonly MatrixEntry[], options: MatrixOptions): Promise<string> {
  const { atOnce, remoteCache, image, claim, command } = options;
  const common: PipelineOptions = {
    entries,
    ...(atOnce === undefined ? {} : { atOnce }),
    ...(remoteCache === undefined ? {} : { remoteCache }),
    ...(image === undefined ? {} : { image }),
    ...(command === undefined ? {} : { command }),
  };
  if (action === "github") return githubWorkflow(common);
  if (action === "gitlab") return gitlabPipeline(common);
  if (image === undefined || claim === undefined) {
    throw new CliError("SETTING_INVALID", "a Job of Kubernetes needs an image and a claim", {
      hint: "--image IMAGE with Node and what Buildroot needs, --claim NAME of a PersistentVolumeClaim",
    });
  }
  return kubernetesJob({ ...common, image, claim });
}

/** Each in a folder of its own below the output folder, with the same downloads and the same compiler cache. */
async function buildAll(
  io: Io,
  entries: readonly MatrixEntry[],
  folder: string,
  options: MatrixOptions,
): Promise<void> {
  const settings = await resolveSettings(io, options);
  const atOnce = options.atOnce ?? 1;
  const outcomes = await runMatrix({
    entries: entries.map((entry) => ({
      ...entry,
      fragments: (entry.fragments ?? []).map((path) => resolve(folder, path)),
    })),
    open: (entry) => openTree(io, { ...settings, output: join(settings.output, entry.name) }),
    atOnce,
    jobs: Math.max(1, Math.floor(availableParallelism() / atOnce)),
    signal: io.signal,
    onEntry: (entry, state) => note(io, `${entry.name}: ${state}`),
  });
  print(io, formatTable(outcomes.map((outcome) => row(outcome))));
  const failed = outcomes.filter(({ result }) => result === undefined);
  if (failed.length === 0) return;
  const reasons = failed.map(({ entry, error }) => `${entry.name}: ${(error as Error).message.split("\n")[0]}`);
  throw new CliError(
    "MATRIX_FAILED",
    [`${failed.length} of ${entries.length} were not built:`, ...reasons].join("\n"),
    {
      hint: `the same command again goes on with what failed; one alone: ipa-br build --output ${join(settings.output, failed[0]!.entry.name)}`,
    },
  );
}

function row({ entry, result, error }: MatrixOutcome): string[] {
  if (result !== undefined) return [entry.name, "built", formatSeconds(result.seconds), result.logPath];
  return [entry.name, "failed", isCodedError(error) ? error.code : "INTERNAL", ""];
}
