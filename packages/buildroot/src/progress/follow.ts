import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Session } from "../session.js";
import { keepHistory, readHistory } from "./history.js";
import { infoIfPossible } from "./info-cache.js";
import { planBuild } from "./plan.js";
import { instrumentationScript, StepsFollower } from "./steps-file.js";
import { ProgressTracker } from "./tracker.js";

/** A build that is being followed. */
export interface FollowedBuild {
  /** For make's environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Tells of all steps up to now, ahead of whatever make prints next. */
  look(): void;
  end(): Promise<void>;
}

const beatMs = 5000;

const variable = "BR2_INSTRUMENTATION_SCRIPTS";

/** Has Buildroot tell of each step of this build, in events of the session. To be called under the folder's lock. */
export async function followBuild(
  session: Session,
  targets: readonly string[],
  signal: AbortSignal | undefined,
): Promise<FollowedBuild | undefined> {
  const { own, root } = session.layout;
  const info = await infoIfPossible(session, signal);
  const history = await readHistory(session);
  const startedAt = Date.now();
  const tracker = new ProgressTracker(planBuild(root, info, targets, history));
  let lastMark = startedAt;
  const stepsPath = join(own, "steps");
  const scriptPath = join(own, "instrumentation.sh");
  let follower: StepsFollower;
  try {
    await mkdir(own, { recursive: true });
    await writeFile(scriptPath, instrumentationScript(stepsPath));
    await chmod(scriptPath, 0o755);
    follower = new StepsFollower(stepsPath, ({ phase, step, package: name }) => {
      const at = Date.now();
      lastMark = at;
      if (phase === "start") tracker.start(name, step, at);
      else tracker.end(name, step, at);
      session.emit({ type: "package-step", phase, package: name, step, at });
      session.emit({ type: "progress", at, ...tracker.snapshot(at) });
    });
  } catch {
    return undefined;
  }
  session.emit({ type: "progress", at: startedAt, ...tracker.snapshot(startedAt) });
  // A step of many minutes is no standstill: what is left shrinks, or turns out to be more.
  const beat = setInterval(() => {
    const at = Date.now();
    session.emit({ type: "progress", at, ...tracker.snapshot(at) });
  }, beatMs);
  beat.unref();
  // The user's own scripts go on being called; makefiles may add to the variable, since it comes by the environment.
  const scripts = [session.env[variable], scriptPath].filter((one) => one !== undefined && one !== "").join(" ");
  return {
    env: { [variable]: scripts },
    look: () => follower.look(),
    async end() {
      clearInterval(beat);
      const endedAt = Date.now();
      follower.end();
      const packages = tracker.finishedSeconds();
      const imageSeconds = targets.length === 0 ? (endedAt - lastMark) / 1000 : undefined;
      await keepHistory(session, history, { packages, imageSeconds });
    },
  };
}
