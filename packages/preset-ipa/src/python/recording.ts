import { PresetError } from "../errors.js";
import { satisfies } from "./standards/version.js";
import type { ProjectFacts, ProjectSource, ReleaseConstraints } from "./types.js";

/** The name of the recording in the external tree. */
export const recordingFile = "python-packages.json";

/** Everything that an update learned from outside, so that the packages can be made again without a network. */
export interface Recording {
  readonly format: 1;
  /** Projects that are packaged whatever requires them; the version of one that the release does not constrain. */
  readonly roots: Readonly<Record<string, string>>;
  /** Only the versions that the closure met. */
  readonly constraints: ReleaseConstraints;
  readonly projects: readonly ProjectFacts[];
}

/** @throws PresetError RECORDING_UNREADABLE */
export function parseRecording(text: string, path: string): Recording {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw unreadable(path, "is no JSON", cause);
  }
  const recording = value as Partial<Recording>;
  if (recording.format !== 1) throw unreadable(path, `is of format ${String(recording.format)}, not 1`);
  if (recording.roots === undefined || recording.constraints === undefined || !Array.isArray(recording.projects))
    throw unreadable(path, "lacks roots, constraints or projects");
  return recording as Recording;
}

function unreadable(path: string, what: string, cause?: unknown): PresetError {
  return new PresetError("RECORDING_UNREADABLE", `${path} ${what}`, {
    hint: "take it from version control, or make it anew: ipa-br python update --write",
    details: { path },
    ...(cause === undefined ? {} : { cause }),
  });
}

/** The recording as text: keys in their order, projects by name, so that a change is a small diff. */
export function formatRecording(recording: Recording): string {
  const byName = <T>(entries: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1)));
  const sorted: Recording = {
    format: 1,
    roots: byName(recording.roots),
    constraints: { ...recording.constraints, versions: byName(recording.constraints.versions) },
    projects: [...recording.projects].sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
  return `${JSON.stringify(sorted, undefined, 2)}\n`;
}

/** A recording as the source of a resolution. */
export function recordedSource(recording: Recording): ProjectSource {
  return {
    constraints: () => Promise.resolve(recording.constraints),
    project: (name, version) => {
      const found = recording.projects.find((facts) => facts.name === name && satisfies(facts.version, `==${version}`));
      if (found !== undefined) return Promise.resolve(found);
      return Promise.reject(
        new PresetError("PROJECT_MISSING", `${name} ${version} is not in the recording`, {
          hint: "ask the index: ipa-br python update without --recorded",
          details: { project: name, version },
        }),
      );
    },
  };
}
