import { join } from "node:path";
import { BuildrootError } from "../errors.js";
import { logName } from "../layout.js";
import { requireSources } from "../offline.js";
import { runLogged } from "../run-make.js";
import type { Session } from "../session.js";
import type { RebuildAction, RebuildAdvice, RebuildPolicy, RebuildReason } from "../types.js";
import { judge } from "./advice.js";
import { type OwedReason, readRecord, writeRecord } from "./record.js";

/** The targets that only take stamps away, so that the make that follows does the work in its own order. */
const targets: Readonly<Record<RebuildAction, string>> = {
  dirclean: "dirclean",
  rebuild: "clean-for-rebuild",
  reconfigure: "clean-for-reconfigure",
};

export interface RebuildOptions {
  readonly policy: RebuildPolicy;
  /** Nothing will be fetched. */
  readonly offline: boolean;
  readonly signal: AbortSignal | undefined;
}

/**
 * Brings an output folder to where the configuration's make will do all that has to be done, as far as the policy allows, and notes what
 * it was brought to. To be called under the folder's lock, before make. Throws REBUILD_NEEDED.
 */
export async function prepareRebuild(session: Session, { policy, offline, signal }: RebuildOptions): Promise<void> {
  const { advice, next } = await judge(session, signal);
  if (next === undefined) return;
  const { applied, owed } = decide(advice, policy);
  if (advice.level === "packages" || advice.level === "clean") session.emit({ type: "rebuild", applied, ...advice });
  // What is taken away has to be had again.
  if (offline && applied !== "nothing") await requireSources(session, signal, unpackedAnew(advice, applied));
  if (applied === "clean") await takeAway(session, ["clean"], signal);
  if (applied === "packages") await takeAway(session, packageTargets(advice), signal);
  if (owed.length > 0) {
    const message = `What is built does not fit the configuration everywhere: ${owed[0]!.change}${
      owed.length === 1 ? "" : ` and ${owed.length - 1} more`
    }. A clean build would have another result.`;
    session.emit({ type: "warning", code: "REBUILD_OWED", message });
  }
  await writeRecord(session, { ...(await next()), owed: dated(owed, (await readRecord(session))?.owed ?? []) });
}

interface Decision {
  readonly applied: "clean" | "packages" | "nothing";
  readonly owed: readonly RebuildReason[];
}

/** What is done now and what stays owed. Throws REBUILD_NEEDED where it takes somebody's word. */
function decide(advice: RebuildAdvice, policy: RebuildPolicy): Decision {
  const { level, canWait, packages, reasons } = advice;
  const beyondMake = reasons.filter((reason) => reason.level === "packages" || reason.level === "clean");
  if (policy === "none") return { applied: "nothing", owed: beyondMake };
  if (policy === "all")
    return { applied: level === "clean" ? "clean" : packages.length > 0 ? "packages" : "nothing", owed: [] };
  if (level === "clean" && !canWait) throw rebuildNeeded(advice);
  if (packages.some(({ loses }) => loses !== undefined)) throw rebuildNeeded(advice);
  return {
    applied: packages.length > 0 ? "packages" : "nothing",
    owed: beyondMake.filter((reason) => reason.level === "clean"),
  };
}

function unpackedAnew({ packages }: RebuildAdvice, applied: "clean" | "packages"): (name: string) => boolean {
  const names = new Set(packages.filter(({ action }) => action === "dirclean").map((one) => one.package));
  return (name) => applied === "clean" || names.has(name);
}

function packageTargets({ packages }: RebuildAdvice): readonly string[] {
  return packages.map(({ package: name, action }) => `${name}-${targets[action]}`);
}

async function takeAway(session: Session, names: readonly string[], signal: AbortSignal | undefined): Promise<void> {
  const logPath = join(session.layout.own, logName("rebuild", new Date()));
  await runLogged(session, { targets: names, logPath, failure: "MAKE_FAILED", signal });
}

function dated(owed: readonly RebuildReason[], former: readonly OwedReason[]): readonly OwedReason[] {
  const since = new Map(former.map(({ since: at, ...reason }) => [JSON.stringify(reason), at]));
  const now = Date.now();
  return owed.map((reason) => ({ ...reason, since: since.get(JSON.stringify(reason)) ?? now }));
}

function rebuildNeeded(advice: RebuildAdvice): BuildrootError {
  const { level, canWait, packages, reasons } = advice;
  const lost = packages.filter(({ loses }) => loses !== undefined);
  const [title, told] =
    level === "clean" && !canWait
      ? [
          "What is built does not fit the configuration any more, and only a clean build mends that:",
          reasons.filter((reason) => reason.level === "clean" && reason.canWait !== true),
        ]
      : [
          "A package has to be made anew, and a configuration that was changed in its folder would be lost:",
          reasons.filter((reason) => lost.some((one) => one.package === reason.package)),
        ];
  const lines = [
    ...told.slice(0, mostTold).map((reason) => `${reason.change}. ${reason.why} (manual: "${reason.section}")`),
    ...(told.length > mostTold ? [`and ${told.length - mostTold} more`] : []),
    ...(level === "clean" && !canWait ? [] : lost.map(({ package: name, loses }) => `${name}: ${loses}`)),
  ];
  return new BuildrootError("REBUILD_NEEDED", [title, ...lines].join("\n"), {
    hint: 'Build with rebuild: "all" to do so, or "none" to go on with what is there.',
    details: { advice },
  });
}

const mostTold = 10;
