import { resolve } from "node:path";
import {
  exportSources,
  fetchSources,
  type FetchSourcesResult,
  type OverriddenSource,
  type PreparedSources,
  prepareSources,
  type ProbedSource,
  probeSources,
  type SourceFile,
  type SourceResult,
  type SourceVerdict,
  verifySources,
} from "@ipa-br/buildroot";
import { CliError } from "../errors.js";
import { type Io, note, print } from "../io.js";
import { type LocationOptions, resolveSettings } from "../settings/resolve.js";
import { openTree } from "../tree.js";
import { formatBytes, formatSeconds, formatTable } from "../ui/format.js";

export type SourcesAction = "plan" | "fetch" | "verify" | "export";

/** What `sources` takes beside the locations; `--no-debian` and `--no-pypi` make them false. */
export type SourcesCommandOptions = LocationOptions & {
  readonly mirror?: readonly string[];
  readonly debian?: boolean;
  readonly pypi?: boolean;
  readonly jobs?: number;
  readonly probe?: boolean;
  readonly json?: boolean;
};

/**
 * `ipa-br sources plan|fetch|verify|export`: every file that the configuration needs.
 * @throws CliError SOURCES_INCOMPLETE if a file is nowhere to be had, or the download folder lacks one or has a wrong one;
 * SETTING_INVALID for an export without a target
 */
export async function sources(
  io: Io,
  action: SourcesAction,
  target: string | undefined,
  options: SourcesCommandOptions,
): Promise<void> {
  if ((action === "export") !== (target !== undefined)) {
    throw new CliError("SETTING_INVALID", "sources export takes a target, and the other actions take none", {
      hint: "ipa-br sources export DIR, or FILE.tar.xz",
    });
  }
  const settings = await resolveSettings(io, options);
  const tree = await openTree(io, settings);
  const offline = action === "verify" || action === "export";
  const prepared = await prepareSources({
    tree,
    env: io.env,
    cacheDir: settings.cacheDir,
    mirrors: (options.mirror ?? []).map((folder) => resolve(io.cwd, folder)),
    ...(offline || options.debian === false ? { debian: false } : {}),
    ...(offline || options.pypi === false ? { pypi: false } : {}),
    signal: io.signal,
  });
  if (prepared.archiveMissing !== undefined) note(io, `Without Debian's source archive: ${prepared.archiveMissing}`);
  if (action === "plan") await showPlan(io, prepared, options);
  else if (target !== undefined) await exportTo(io, prepared, resolve(io.cwd, target), options);
  else if (action === "fetch") await fetch(io, prepared, options);
  else await verify(io, prepared, options);
}

async function showPlan(io: Io, { plan }: PreparedSources, options: SourcesCommandOptions): Promise<void> {
  const probed =
    options.probe === false
      ? undefined
      : await probeSources(plan, {
          env: io.env,
          signal: io.signal,
          ...(options.jobs === undefined ? {} : { jobs: options.jobs }),
        });
  if (options.json === true) print(io, JSON.stringify({ ...plan, probed }, null, 2));
  else {
    const rows = plan.files.map((file, index) => {
      return [
        file.name,
        file.packages.join(" "),
        placesText(file),
        ...(probed === undefined ? [] : [stateText(probed[index]!)]),
      ];
    });
    if (rows.length > 0) print(io, formatTable(rows));
    print(io, `${plan.files.length} files for ${plan.dlDir}`);
    if (plan.overridden.length > 0) print(io, overriddenText(plan.overridden));
  }
  const nowhere = probed?.filter(({ state }) => state === "nowhere") ?? [];
  if (nowhere.length === 0) return;
  throw incomplete(
    `files that no reachable place has (${nowhere.length})`,
    nowhere.map((one) => `${one.file.name}: ${reasonOf(one)}`),
    { hint: "--mirror DIR, a folder that has them; or a network that reaches one of the places" },
  );
}

/** What needs no file, and what it is built of instead. */
function overriddenText(overridden: readonly OverriddenSource[]): string {
  const rows = overridden.map(({ package: name, folder, recipeVersion }) => [
    `  ${name}`,
    recipeVersion === undefined ? "" : `not ${recipeVersion}`,
    folder ?? "",
  ]);
  return `${overridden.length} packages whose source is overridden by a folder:\n${formatTable(rows)}`;
}

function placesText(file: SourceFile): string {
  if (file.hashes.length === 0) return "no hash: make fetches it";
  const kinds = new Set(file.places.filter(({ kind }) => kind !== "download").map(({ kind }) => kind));
  return [...kinds, ...file.methods.map((method) => `(make: ${method})`)].join(" ");
}

function stateText({ state, place }: ProbedSource): string {
  // A file that was found by its name may turn out to be another one.
  if (state === "reachable") return `${place?.byName === true ? "perhaps" : "to be had"}: ${place?.kind}`;
  return { present: "here", nowhere: "NOWHERE", make: "make's to fetch" }[state];
}

async function exportTo(
  io: Io,
  { plan }: PreparedSources,
  target: string,
  { json }: SourcesCommandOptions,
): Promise<void> {
  const result = await exportSources(plan, { target, env: io.env, signal: io.signal });
  if (json === true) print(io, JSON.stringify(result, null, 2));
  else print(io, `${result.files.length} files, ${formatBytes(result.bytes)}: ${target}`);
  if (result.missing.length === 0) return;
  const names = result.missing.map(({ name }) => name);
  throw incomplete(`files that are not in it, missing or wrong here (${names.length})`, names, {
    hint: "ipa-br sources fetch",
  });
}

async function fetch(io: Io, { plan, archive }: PreparedSources, options: SourcesCommandOptions): Promise<void> {
  const result = await fetchSources(plan, {
    env: io.env,
    ...(options.jobs === undefined ? {} : { jobs: options.jobs }),
    ...(archive === undefined ? {} : { archive }),
    signal: io.signal,
    onEvent: (event) => {
      if (event.type !== "fetch") return;
      if (event.phase === "wait") note(io, `Another process is at ${event.what}; waiting for it`);
      if (event.phase === "done") note(io, event.what);
    },
  });
  if (options.json === true) print(io, JSON.stringify({ dlDir: plan.dlDir, ...result }, null, 2));
  else print(io, summary(result));
  if (result.missing.length === 0) return;
  const rows = result.missing.map((one) => `${one.file.name}: ${reasonOf(one)}`);
  throw incomplete(`files that no reachable place has (${result.missing.length})`, rows, {
    hint: "--mirror DIR, a folder that has them; or a network that reaches one of the places: ipa-br sources plan",
  });
}

/** Of the places that were really asked the last one's answer tells most. */
function reasonOf({ tried }: Pick<SourceResult, "tried">): string {
  const answers = tried.filter(({ place, reason }) => !place.url.startsWith("file:") && !/did not answer/.test(reason));
  return (answers.at(-1) ?? tried.at(-1))?.reason ?? "no place is known";
}

function summary({ files, bytes, seconds }: FetchSourcesResult): string {
  const counts = new Map<string, number>();
  for (const { outcome, place } of files) {
    const what = outcome === "fetched" ? `from ${place?.kind}` : outcome;
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  const rows = [...counts].map(([what, count]) => [`  ${what}`, String(count)]);
  return `${files.length} files, ${formatBytes(bytes)} fetched in ${formatSeconds(seconds)}\n${formatTable(rows)}`;
}

async function verify(io: Io, { plan }: PreparedSources, { json }: SourcesCommandOptions): Promise<void> {
  const verdicts = await verifySources(plan, { signal: io.signal });
  const bad = verdicts.filter(({ state }) => state === "missing" || state === "wrong");
  if (json === true) print(io, JSON.stringify(verdicts, null, 2));
  else print(io, `${verdicts.length - bad.length} of ${verdicts.length} files are there and right: ${plan.dlDir}`);
  if (bad.length === 0) return;
  throw incomplete(`files that are missing or wrong (${bad.length})`, bad.map(verdictText), {
    hint: "ipa-br sources fetch",
  });
}

function verdictText({ file, state, reason }: SourceVerdict): string {
  return reason === undefined ? `${file.name}: ${state}` : `${file.name}: ${state}, ${reason}`;
}

/** At most ten lines of them: an error is one screen. */
function incomplete(what: string, files: readonly string[], { hint }: { readonly hint: string }): CliError {
  const shown = files.length > 10 ? [...files.slice(0, 9), `and ${files.length - 9} more`] : files;
  return new CliError("SOURCES_INCOMPLETE", [`${what}:`, ...shown].join("\n"), { hint, details: { files } });
}
