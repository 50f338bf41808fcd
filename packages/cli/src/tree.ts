import { join } from "node:path";
import {
  type Buildroot,
  BuildrootError,
  type BuildrootEvent,
  fetchRelease,
  locateBuildroot,
  openBuildroot,
  type ProgramAnswers,
} from "@ipa-br/buildroot";
import { ipaPreset } from "@ipa-br/preset-ipa";
import { CliError } from "./errors.js";
import { type Io, note } from "./io.js";
import type { Settings } from "./settings/resolve.js";

/** Opens the tree that the settings name, fetching the pinned release if there is none. */
export async function openTree(
  io: Io,
  settings: Settings,
  onEvent?: (event: BuildrootEvent) => void,
  answers?: ProgramAnswers,
): Promise<Buildroot> {
  return openBuildroot({
    buildroot: await findTree(io, settings),
    output: settings.output,
    externals: settings.externals,
    dlDir: settings.dlDir,
    ccacheDir: settings.ccacheDir,
    env: io.env,
    ...(onEvent === undefined ? {} : { onEvent }),
    ...(answers === undefined ? {} : { answers }),
  });
}

/**
 * Where Buildroot is: named, a clone's submodule, a cached release, or fetched now.
 * @throws CliError BUILDROOT_UNAVAILABLE if none of these is to be had
 */
export async function findTree(io: Io, settings: Settings): Promise<string> {
  const release = ipaPreset.buildroot;
  const cacheDir = join(settings.cacheDir, "releases");
  try {
    const located = await locateBuildroot({
      ...(settings.buildroot === undefined ? {} : { explicit: settings.buildroot }),
      ...(settings.clone === undefined ? {} : { clone: settings.clone }),
      env: io.env,
      release,
      cacheDir,
    });
    return located.path;
  } catch (error) {
    if (!(BuildrootError.is(error) && error.code === "BUILDROOT_NOT_FOUND")) throw error;
  }

  note(io, `Fetching Buildroot ${release.version} into ${cacheDir}`);
  try {
    const fetched = await fetchRelease({ release, cacheDir, env: io.env, signal: io.signal });
    return fetched.path;
  } catch (cause) {
    if (!BuildrootError.is(cause) || cause.code === "ABORTED") throw cause;
    throw new CliError(
      "BUILDROOT_UNAVAILABLE",
      `there is no Buildroot here, and release ${release.version} cannot be fetched: ${cause.message}`,
      {
        hint: [
          "one of these three:",
          "    --buildroot DIR, or export BR2_UPSTREAM=DIR      a Buildroot tree that you have",
          "    git submodule update --init buildroot            in a clone of this project",
          `    the same command again, with network             fetches commit ${release.commit.slice(0, 12)} once`,
        ].join("\n"),
        cause,
      },
    );
  }
}
