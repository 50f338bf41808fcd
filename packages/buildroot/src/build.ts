import { join } from "node:path";
import { BuildrootError } from "./errors.js";
import { EventQueue } from "./event-queue.js";
import { listImages } from "./images.js";
import { logName } from "./layout.js";
import { linkLatest } from "./log/file.js";
import { jobArguments } from "./make-arguments.js";
import { goOffline } from "./offline.js";
import { followBuild } from "./progress/follow.js";
import { runInherited, runLogged } from "./run-make.js";
import { prepareRebuild } from "./rebuild/apply.js";
import { readConfiguration, withLock, type Session } from "./session.js";
import { sourceDateEpoch } from "./source-date.js";
import type { BuildOptions, BuildResult, BuildRun, BuildrootEvent, MakeOptions, MakeResult } from "./types.js";

/** See `Buildroot.build`. */
export function startBuild(session: Session, options: BuildOptions): BuildRun {
  const queue = new EventQueue<BuildrootEvent>((count) => ({ type: "lines-dropped", count }));
  // Events of the lock and of the run reach the reader as well as the session's listener.
  const tee: Session = {
    ...session,
    emit: (event) => {
      queue.push(event);
      session.emit(event);
    },
  };
  const result = build(tee, options).finally(() => queue.end());
  // Whoever iterates gets the error there; nobody need await the result as well.
  result.catch(() => undefined);
  return {
    result,
    async *[Symbol.asyncIterator](): AsyncGenerator<BuildrootEvent, void, undefined> {
      yield* queue.read();
      await result;
    },
  };
}

async function build(session: Session, options: BuildOptions): Promise<BuildResult> {
  const { targets = [], jobs, signal } = options;
  if (jobs !== undefined && (!Number.isSafeInteger(jobs) || jobs < 1)) {
    throw new BuildrootError("SETTING_INVALID", `${jobs} is no number of jobs.`, {
      hint: "Give a whole number from 1, or leave it out.",
      details: { jobs },
    });
  }
  const { layout } = session;
  return withLock(session, `build ${targets.join(" ")}`.trimEnd(), async () => {
    const values = await readConfiguration(session);
    const perPackage = values.get("BR2_PER_PACKAGE_DIRECTORIES") === "y";
    if (jobs !== undefined && jobs > 1 && !perPackage) {
      const message = `Without BR2_PER_PACKAGE_DIRECTORIES packages are built one by one, each with ${jobs} jobs.`;
      session.emit({ type: "warning", code: "JOBS_PER_PACKAGE", message });
    }
    await prepareRebuild(session, { policy: options.rebuild ?? "safe", offline: options.offline === true, signal });
    const logPath = join(layout.own, logName("build", new Date()));
    // A link that cannot be made is no reason not to build.
    await linkLatest(logPath, layout.latestLog).catch(() => undefined);
    const dated = await withSourceDate(session, values);
    const offline = options.offline === true ? await goOffline(dated, signal) : undefined;
    const { flags, variables } = jobArguments(jobs, perPackage);
    const followed = options.progress === false ? undefined : await followBuild(session, targets, signal);
    const { seconds, steps } = await runLogged(offline?.session ?? dated, {
      targets,
      flags,
      variables: { ...variables, ...offline?.variables },
      logPath,
      failure: "BUILD_FAILED",
      signal,
      ...(followed === undefined ? {} : { env: followed.env, beforeStep: () => followed.look() }),
    }).finally(() => followed?.end());
    return { targets, seconds, logPath, steps, images: await listImages(layout.images) };
  });
}

/** A reproducible build gives its files the release's time, whether Buildroot is a clone or a tarball. */
async function withSourceDate(session: Session, values: ReadonlyMap<string, string>): Promise<Session> {
  if (values.get("BR2_REPRODUCIBLE") !== "y") return session;
  const epoch = await sourceDateEpoch(session.settings.buildroot, session.env);
  return { ...session, env: { ...session.env, SOURCE_DATE_EPOCH: String(epoch) } };
}

/** Targets that draw on the terminal, of Buildroot (menuconfig) and of its packages (linux-menuconfig). */
const interactive = /^(?:.+-)?(?:menuconfig|nconfig|xconfig|gconfig)$|^(?:config|oldconfig)$/;

/** See `Buildroot.make`. */
export async function runTargets(session: Session, options: MakeOptions): Promise<MakeResult> {
  const { targets, signal } = options;
  const stdio = options.stdio ?? (targets.some((target) => interactive.test(target)) ? "inherit" : "pipe");
  return withLock(session, `make ${targets.join(" ")}`.trimEnd(), async () => {
    if (stdio === "inherit") {
      const { seconds } = await runInherited(session, { targets, signal });
      return { targets, seconds, logPath: undefined };
    }
    const logPath = join(session.layout.own, logName("make", new Date()));
    const { seconds } = await runLogged(session, { targets, logPath, failure: "MAKE_FAILED", signal });
    return { targets, seconds, logPath };
  });
}
