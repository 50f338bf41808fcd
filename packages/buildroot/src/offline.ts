import { chmod, stat } from "node:fs/promises";
import { join } from "node:path";
import { BuildrootError } from "./errors.js";
import { ensureFolder } from "./ensure-folder.js";
import { manualEnvironment } from "./make-arguments.js";
import { findProgram } from "./process/find-program.js";
import { runProgram } from "./process/run-program.js";
import { type Session, writeOwn } from "./session.js";
import { cachedInfo } from "./progress/info-cache.js";
import { prepareSources } from "./sources/collect.js";
import type { SourceFile } from "./sources/source-types.js";
import { verifySource } from "./sources/verify-sources.js";

/** How make is run so that it cannot fetch anything. */
export interface OfflineRun {
  readonly session: Session;
  /** For make's command line. */
  readonly variables: Readonly<Record<string, string>>;
}

/** Buildroot's download programs (package/pkg-download.mk), but for the one that copies local files. */
const downloaders = ["BZR", "CURL", "CVS", "GIT", "HG", "SCP", "SFTP", "SVN", "WGET"];

/** The package managers of languages that fetch while they build, told not to; a proxy that is not there for all others. */
const environment = {
  CARGO_NET_OFFLINE: "true",
  GOPROXY: "off",
  PIP_NO_INDEX: "1",
  npm_config_offline: "true",
  http_proxy: "http://127.0.0.1:9",
  https_proxy: "http://127.0.0.1:9",
  ftp_proxy: "http://127.0.0.1:9",
  all_proxy: "http://127.0.0.1:9",
  no_proxy: "",
};

/**
 * Checks that the download folder has all that is still to be unpacked, and makes sure that nothing is fetched: make runs in a
 * network namespace without any network where the machine allows one, and its download programs are replaced by one that
 * refuses. Throws SOURCES_MISSING before anything is built. Where no namespace is to be had, a warning (OFFLINE_NOT_ENFORCED) says so.
 */
export async function goOffline(session: Session, signal: AbortSignal | undefined): Promise<OfflineRun> {
  await requireSources(session, signal);
  const folder = join(session.layout.own, "offline");
  await ensureFolder(folder);
  const refuse = await script(
    session,
    join(folder, "refuse"),
    'echo "ERROR: the build is offline, this is not fetched: $*" >&2\nexit 1\n',
  );
  const variables = {
    BR2_PRIMARY_SITE_ONLY: "y",
    ...Object.fromEntries(downloaders.map((name) => [`BR2_${name}`, refuse])),
  };
  const cut = await withoutNetwork(session, signal);
  if (cut === undefined) {
    const message = "This machine gives a build no network namespace: only Buildroot's own downloads are refused.";
    session.emit({ type: "warning", code: "OFFLINE_NOT_ENFORCED", message });
  }
  const make =
    cut === undefined
      ? session.make
      : await script(session, join(folder, "make"), `exec ${[...cut, session.make].map(quoted).join(" ")} "$@"\n`);
  return { session: { ...session, make, env: { ...session.env, ...environment } }, variables };
}

/**
 * Throws SOURCES_MISSING for files that are not there, or wrong, and belong to packages that are not unpacked yet, or that are to be
 * unpacked anew.
 */
export async function requireSources(
  session: Session,
  signal: AbortSignal | undefined,
  anew: (name: string) => boolean = () => false,
): Promise<void> {
  const { layout, settings } = session;
  const { plan } = await prepareSources({
    tree: {
      buildroot: settings.buildroot,
      output: layout.root,
      environment: () => manualEnvironment(settings),
      showInfo: () => cachedInfo(session, signal),
    },
    env: session.env,
    cacheDir: layout.own,
    debian: false,
    pypi: false,
    ...(signal === undefined ? {} : { signal }),
  });
  const missing: SourceFile[] = [];
  const lines: string[] = [];
  for (const file of plan.files) {
    const { state, path, reason } = await verifySource(plan, file);
    if (state === "good" || state === "no-hash") continue;
    if (!file.packages.some(anew) && (await isUnpacked(session, file))) continue;
    missing.push(file);
    lines.push(`${file.name} (${file.packages.join(", ")}): ${reason ?? `not in ${path}`}`);
  }
  if (missing.length === 0) return;
  const title =
    missing.length === 1 ? "A file is needed and not here:" : `${missing.length} files are needed and not here:`;
  const shown = lines.length > 12 ? [...lines.slice(0, 11), `and ${lines.length - 11} more`] : lines;
  throw new BuildrootError("SOURCES_MISSING", [title, ...shown].join("\n"), {
    hint: "Fetch them while there is a network (fetchSources), or take them from a mirror folder.",
    details: { files: missing.map(({ folder, name }) => `${folder}/${name}`), dlDir: plan.dlDir },
  });
}

/** True if every package that needs a file has it unpacked, or needed it no more. */
async function isUnpacked({ layout }: Session, { packages, versions }: SourceFile): Promise<boolean> {
  for (const [index, name] of packages.entries()) {
    const version = versions[index];
    const folder = join(layout.build, version === undefined ? name : `${name}-${version}`);
    if ((await stat(join(folder, ".stamp_extracted")).catch(() => undefined)) === undefined) return false;
  }
  return true;
}

/** The words before a command that take all networks away from it; undefined where that is not allowed. */
async function withoutNetwork(
  { env, settings }: Session,
  signal: AbortSignal | undefined,
): Promise<readonly string[] | undefined> {
  const unshare = await findProgram("unshare", env);
  if (unshare === undefined) return undefined;
  const words = settings.uid === 0 ? [unshare, "--net"] : [unshare, "--user", "--map-current-user", "--net"];
  const { exitCode } = await runProgram({ file: unshare, args: [...words.slice(1), "true"], env, signal });
  return exitCode === 0 ? words : undefined;
}

async function script(session: Session, path: string, body: string): Promise<string> {
  await writeOwn(session, path, `#!/bin/sh\n${body}`);
  await chmod(path, 0o755);
  return path;
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
