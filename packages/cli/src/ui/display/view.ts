import type { BuildProgress, BuildrootEvent, Step } from "@ipa-br/buildroot";
import { formatSeconds, formatTable } from "../format.js";

/** What is known of a build while it runs. */
export interface BuildView {
  /** Milliseconds since the epoch, as all times here. */
  readonly startedAt: number;
  readonly progress: (BuildProgress & { readonly at: number }) | undefined;
  /** The last `>>>` line. */
  readonly step: Step | undefined;
}

/** What an event changes of it. */
export function viewAfter(view: BuildView, event: BuildrootEvent): BuildView {
  if (event.type === "progress") return { ...view, progress: event };
  if (event.type === "step") return { ...view, step: event };
  return view;
}

/** "busybox 1.37.0 Building" */
export function stepText(step: Step): string {
  return [step.package, step.version, step.step].filter((part) => part !== undefined && part !== "").join(" ");
}

/** "37/143", or "37 packages" where nobody could tell how many there are; undefined before anything is known. */
export function countText({ progress }: BuildView): string | undefined {
  if (progress === undefined) return undefined;
  const { done, total } = progress.packages;
  return total === undefined ? `${done} packages` : `${done}/${total}`;
}

/** "about 25 min left", rough since it is an estimate; the time since it was made counts. */
export function remainingText({ progress }: BuildView, now: number): string | undefined {
  if (progress?.remainingSeconds === undefined) return undefined;
  const seconds = Math.max(0, progress.remainingSeconds - (now - progress.at) / 1000);
  if (seconds < 60) return "under a minute left";
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `about ${minutes} min left`;
  return `about ${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min left`;
}

const clockText = (view: BuildView, now: number): string =>
  `[${formatSeconds((now - view.startedAt) / 1000).padStart(8)}]`;

/** A line for a step, where nothing is drawn. */
export function stepLine(view: BuildView, step: Step, now: number): string {
  const known = [countText(view), remainingText(view, now)].filter((part) => part !== undefined).join(", ");
  return `${clockText(view, now)} ${known === "" ? "" : `${known}: `}${stepText(step)}`;
}

const barWidth = 24;
/** Below this there is no room for a bar. */
const barColumns = 72;

function bar(fraction: number): string {
  const full = Math.min(barWidth, Math.floor(fraction * barWidth));
  const head = full < barWidth ? ">" : "";
  return `[${"=".repeat(full)}${head}${" ".repeat(Math.max(0, barWidth - full - head.length))}]`;
}

/** The lines that a terminal of this size shows, none wider than it, at most one less than it has rows. */
export function frame(view: BuildView, now: number, columns: number, rows: number): readonly string[] {
  const { progress, step } = view;
  const head = [
    clockText(view, now),
    progress?.fraction === undefined || columns < barColumns ? undefined : bar(progress.fraction),
    countText(view),
    progress?.fraction === undefined ? undefined : `${Math.floor(progress.fraction * 100)} %`,
    remainingText(view, now),
  ];
  const lines = [head.filter((part) => part !== undefined).join("  ")];
  const running = [...(progress?.running ?? [])].sort((one, two) => one.startedAt - two.startedAt);
  const most = Math.max(1, Math.min(8, rows - 3));
  const shown = running.slice(0, running.length > most ? most - 1 : most);
  const table = formatTable(
    shown.map((one) => [`  ${one.package}`, one.step, formatSeconds(Math.max(0, now - one.startedAt) / 1000)]),
  );
  if (shown.length > 0) lines.push(...table.split("\n"));
  if (running.length > shown.length) lines.push(`  and ${running.length - shown.length} more`);
  // Finalizing the target and writing the images are no packages.
  if (running.length === 0 && step !== undefined) lines.push(`  ${stepText(step)}`);
  return lines.slice(0, Math.max(1, rows - 1)).map((line) => line.slice(0, Math.max(1, columns - 1)));
}
