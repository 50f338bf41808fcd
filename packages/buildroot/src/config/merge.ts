import type { SettingMismatch } from "../types.js";
import type { Assignment } from "./notation.js";
import type { SymbolFacts, SymbolLookup } from "./symbol-types.js";

/** Assignments that stand together: a defconfig, a fragment, the settings of a call. */
export interface SettingSource {
  readonly file: string;
  readonly assignments: readonly Assignment[];
  /** False for what is merely kept (the present .config): it is not reported when it changes. */
  readonly requested: boolean;
}

export interface MergedSetting extends Assignment {
  readonly file: string;
  readonly requested: boolean;
  /** The place of its source among all of them. */
  readonly source: number;
}

/** The assignments of all sources, the last of each name at the place of that last one. */
export function mergeSettings(sources: readonly SettingSource[]): MergedSetting[] {
  const merged = new Map<string, MergedSetting>();
  for (const [source, { file, assignments, requested }] of sources.entries()) {
    for (const assignment of assignments) {
      merged.delete(assignment.name);
      merged.set(assignment.name, { ...assignment, file, requested, source });
    }
  }
  return [...merged.values()];
}

/** A file for `olddefconfig`, each line's origin in a comment above it. */
export function writeSettings(settings: readonly MergedSetting[]): string {
  const lines: string[] = [];
  let file: string | undefined;
  for (const setting of settings) {
    if (setting.file !== file) lines.push(`# settings of ${setting.file}`);
    file = setting.file;
    if (setting.requested) lines.push(`# line ${setting.line}`);
    lines.push(setting.value === "n" ? `# ${setting.name} is not set` : `${setting.name}=${setting.value}`);
  }
  return `${lines.join("\n")}\n`;
}

/**
 * The requested settings that are not in the result as they were asked for. A symbol that is absent counts as n, or as an
 * empty string; a choice's former member counts as overridden where a later setting chose another member.
 */
export async function findMismatches(
  settings: readonly MergedSetting[],
  result: ReadonlyMap<string, string>,
  lookup: SymbolLookup,
): Promise<SettingMismatch[]> {
  const differing = settings.filter(({ name, value, requested }) => {
    const got = result.get(name);
    return requested && got !== value && !(got === undefined && (value === "n" || value === '""'));
  });
  if (differing.length === 0) return [];
  const chosen = settings.filter(({ name, value }) => value === "y" && result.get(name) === "y");
  const facts = await lookup(new Set([...differing, ...chosen].map(({ name }) => name)));
  return differing
    .filter((setting) => !isOverridden(setting, settings, chosen, facts))
    .map(({ name, value, file, line }) => {
      const got = result.get(name);
      const reason = got !== undefined ? "changed" : facts.has(name) ? "dropped" : "unknown";
      return { name, wanted: value, got, reason, file, line, why: [], suggestion: undefined };
    });
}

function isOverridden(
  setting: MergedSetting,
  settings: readonly MergedSetting[],
  chosen: readonly MergedSetting[],
  facts: ReadonlyMap<string, SymbolFacts>,
): boolean {
  const choice = facts.get(setting.name)?.choice;
  if (choice === undefined || setting.value !== "y") return false;
  const place = settings.indexOf(setting);
  return chosen.some((other) => facts.get(other.name)?.choice === choice && settings.indexOf(other) > place);
}
