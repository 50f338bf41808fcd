import { type Buildroot, type ConfigureResult, formatMismatch } from "@ipa-br/buildroot";
import { type Io, note, print } from "../io.js";
import { type LocationOptions, resolveSettings, type Settings, uniqueOutput } from "../settings/resolve.js";
import { openTree } from "../tree.js";
import { endingInEvents, printEvent } from "../ui/events.js";
import { createProgress } from "../ui/progress.js";
import { formatSeconds, quoteForShell } from "../ui/format.js";
import { type DisplayOptions, namedDefconfig } from "./options.js";

/** What `configure`, and `build` before its first build, take. */
export type ConfigureOptions = LocationOptions &
  DisplayOptions & { readonly unique?: boolean; readonly reproducible?: boolean; readonly profile?: string };

/** `ipa-br configure [defconfig]`. */
export async function configure(io: Io, named: string | undefined, options: ConfigureOptions): Promise<void> {
  await endingInEvents(io, options, () => configureNamed(io, named, options));
}

async function configureNamed(io: Io, named: string | undefined, options: ConfigureOptions): Promise<void> {
  const defconfig = namedDefconfig(named, options.profile);
  const settings = await settingsWithOutput(io, options);
  const progress = createProgress(io, options.json === true ? "json" : options.verbose === true ? "verbose" : "plain");
  const tree = await openTree(io, settings, (event) => progress.event(event));
  try {
    const result = await configureTree(io, tree, settings, defconfig ?? settings.defconfig, options.reproducible);
    if (options.json === true) printEvent(io, { type: "configured", ...result });
    else print(io, result.configPath);
  } finally {
    progress.end();
  }
}

/** The settings, with an output folder of its own if `--unique` asks for one. */
export async function settingsWithOutput(io: Io, options: ConfigureOptions): Promise<Settings> {
  const settings = await resolveSettings(io, options);
  if (options.unique !== true) return settings;
  const output = uniqueOutput(settings.output, Date.now());
  note(
    io,
    `The output folder of this build is its own; for the commands to come:\n  export BR2_OUTPUT_DIR=${quoteForShell(output)}`,
  );
  return { ...settings, output };
}

/** Configures, and tells what does not hold and was accepted. Throws SETTINGS_LOST for what was not. */
export async function configureTree(
  io: Io,
  tree: Buildroot,
  settings: Settings,
  defconfig: string | undefined,
  reproducible = false,
): Promise<ConfigureResult> {
  const result = await tree.configure({
    ...(defconfig === undefined ? {} : { defconfig }),
    fragments: settings.fragments,
    set: settings.set,
    accept: settings.allowMismatch,
    reproducible,
    signal: io.signal,
  });
  const name = result.defconfig?.name ?? "the present configuration";
  note(io, `Configured ${name}: ${result.requested} settings, ${formatSeconds(result.seconds)}`);
  if (result.previousConfig !== undefined) note(io, `  the configuration before it: ${result.previousConfig}`);
  for (const mismatch of result.mismatches) {
    const kind = mismatch.reason === "replaced" ? "note" : "warning";
    note(io, `${kind}: ${formatMismatch(mismatch)}`);
  }
  return result;
}
