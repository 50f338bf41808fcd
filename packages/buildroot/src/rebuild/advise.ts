import { basename } from "node:path";
import type { PackageRebuild, RebuildAction, RebuildAdvice, RebuildReason } from "../types.js";
import type { Change, PackageChange } from "./changes.js";
import { essentialDependencies, type Effect, isFoundation, type RebuildContext } from "./effects.js";
import { fileEffects } from "./file-effects.js";
import { manual } from "./manual.js";
import { symbolEffects } from "./symbol-effects.js";

const actions: readonly RebuildAction[] = ["rebuild", "reconfigure", "dirclean"];
const levels = ["nothing", "image", "packages", "clean"] as const;

/** Of two ways to make a package anew the one that includes the other. */
export function strongerAction(one: RebuildAction, other: RebuildAction): RebuildAction {
  return actions.indexOf(one) >= actions.indexOf(other) ? one : other;
}

/**
 * The least that brings a built folder where a build from nothing would be. Each change is judged by itself, and what they ask for is
 * joined, so that more changes never lead to less. `owed` is what earlier advice asked for and nobody did.
 */
export function advise(
  changes: readonly Change[],
  owed: readonly RebuildReason[],
  context: RebuildContext,
): Pick<RebuildAdvice, "level" | "canWait" | "packages" | "reasons"> {
  const direct = [
    ...owed,
    ...changes.flatMap((change) => effectsOf(change, context).map((effect) => reasonOf(change, effect))),
  ].flatMap((reason) => whereBuilt(reason, context));
  const reasons = unique([...direct, ...withUsers(direct, context)]);
  const packages = new Map<string, RebuildAction>();
  for (const { package: name, action } of reasons)
    if (name !== undefined && action !== undefined)
      packages.set(name, strongerAction(action, packages.get(name) ?? "rebuild"));
  const level = levels[Math.max(0, ...reasons.map((reason) => levels.indexOf(reason.level)))]!;
  return {
    level,
    canWait: level === "clean" && reasons.every((reason) => reason.level !== "clean" || reason.canWait === true),
    packages: [...packages]
      .map(([name, action]): PackageRebuild => ({ package: name, action }))
      .toSorted((one, other) => (one.package < other.package ? -1 : 1)),
    reasons: reasons.toSorted((one, other) => levels.indexOf(other.level) - levels.indexOf(one.level)),
  };
}

function effectsOf(change: Change, context: RebuildContext): readonly Effect[] {
  switch (change.kind) {
    case "symbol":
      return symbolEffects(change, context);
    case "file":
      return fileEffects(change, context);
    case "package":
      return packageEffects(change, context);
    case "release":
      return [
        {
          level: "clean",
          canWait: false,
          why: "Another release of Buildroot has other packages, and builds them otherwise.",
          section: manual.full,
        },
      ];
  }
}

function packageEffects({ name, before, after }: PackageChange, context: RebuildContext): readonly Effect[] {
  if (before === undefined) return [];
  if (after === undefined) {
    // Host programs are no part of the image.
    if (name.startsWith("host-")) return [];
    const why = "Buildroot does not take away what a package has installed.";
    return [{ level: "clean", canWait: true, why, section: manual.full }];
  }
  const effects: Effect[] = [];
  const anew = (why: string, section: string): void => {
    effects.push({ level: "packages", package: name, action: "dirclean", why, section });
  };
  const [old, now] = [essentialDependencies(before.dependencies), essentialDependencies(after.dependencies)];
  const more = now.filter((one) => !old.includes(one));
  const less = old.filter((one) => !now.includes(one));
  if (more.length > 0)
    anew(`It can use ${more.join(", ")} now, which Buildroot does not build it again for.`, manual.full);
  if (less.length > 0) anew(`It was built with ${less.join(", ")}, which it uses no longer.`, manual.full);
  if (before.patches?.join("\n") !== after.patches?.join("\n"))
    anew("Patches are applied to sources that have just been unpacked.", manual.patches);
  // Buildroot builds it in a folder of its own; who was built with it stays as it was.
  if (before.stampDir !== after.stampDir) effects.push(...usersOf(name, context).map((user) => userEffect(user, name)));
  return effects;
}

function userEffect(user: string, name: string): Effect {
  if (isFoundation(user)) return foundation(user);
  return {
    level: "packages",
    package: user,
    action: "dirclean",
    why: `It was built with ${name}, which is made anew.`,
    section: manual.full,
  };
}

function foundation(name: string): Effect {
  return { level: "clean", canWait: false, why: `Everything else stands on ${name}.`, section: manual.full };
}

/** All that were built with a package, through others too. */
function usersOf(name: string, context: RebuildContext): readonly string[] {
  const users = new Set<string>(context.packages.get(name)?.users);
  for (const user of users) for (const other of context.packages.get(user)?.users ?? []) users.add(other);
  users.delete(name);
  return [...users];
}

function withUsers(direct: readonly RebuildReason[], context: RebuildContext): readonly RebuildReason[] {
  const names = new Set(direct.flatMap((reason) => (reason.package === undefined ? [] : [reason.package])));
  return [...names].flatMap((name) =>
    usersOf(name, context)
      .map((user): RebuildReason => ({ change: `${name} is made anew`, ...userEffect(user, name) }))
      .flatMap((reason) => whereBuilt(reason, context)),
  );
}

/** Of what is not built nothing has to be made anew; of what everything stands on, all. */
function whereBuilt(reason: RebuildReason, context: RebuildContext): readonly RebuildReason[] {
  const name = reason.package;
  if (name === undefined) return [reason];
  if (context.packages.get(name)?.built !== true) return [];
  return isFoundation(name) ? [{ change: reason.change, ...foundation(name) }] : [reason];
}

function reasonOf(change: Change, effect: Effect): RebuildReason {
  return { change: describe(change), ...effect };
}

function describe(change: Change): string {
  switch (change.kind) {
    case "symbol":
      return `${change.name}: ${change.before ?? "n"}, now ${change.after ?? "n"}`;
    case "file":
      return `${change.path} was ${change.fate}`;
    case "package":
      return change.after === undefined ? `${change.name} is not in the configuration any more` : versions(change);
    case "release":
      return `Buildroot ${change.before}, now ${change.after}`;
  }
}

function versions({ name, before, after }: PackageChange): string {
  if (before?.stampDir === after?.stampDir) return `${name} is set up otherwise`;
  return `${basename(before?.stampDir ?? name)}, now ${basename(after?.stampDir ?? name)}`;
}

function unique(reasons: readonly RebuildReason[]): readonly RebuildReason[] {
  return [...new Map(reasons.map((reason) => [JSON.stringify(reason), reason])).values()];
}
