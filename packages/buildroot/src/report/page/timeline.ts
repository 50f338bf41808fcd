import type { BuildReport, ReportPackage } from "../types.js";
import { duration } from "./format.js";
import { type Html, markup } from "./html.js";
import { groupOf, stepGroups } from "./steps.js";

/** When each package was built: a row for each, a bar for each step. */
export function timeline({ packages, criticalPath }: BuildReport): Html {
  const built = packages.filter(({ steps }) => steps.length > 0);
  if (built.length === 0) return markup`<p class="empty">Nothing has been built in this folder yet.</p>`;
  const end = Math.max(...built.flatMap(({ steps }) => steps.map(({ start, seconds }) => start + seconds)), 0.001);
  const critical = new Set(criticalPath);
  const rows = built.toSorted((a, b) => beginOf(a) - beginOf(b)).map((one) => row(one, end, critical.has(one.name)));
  return markup`<div class="legend">
      ${stepGroups.map((group) => markup`<span><i class="${group}"></i>${group}</span>`)}
      <span><i class="mark"></i>on the critical path</span>
    </div>
    <div class="chart" role="table" aria-label="When each package was built">
      <div class="row axis" aria-hidden="true">
        <span></span>
        <div class="track">${ticks(end)}</div>
        <span></span>
      </div>
      ${rows}
    </div>`;
}

/** Buildroot may fetch all sources long before it builds: the rows are in the order of building. */
function beginOf({ steps }: ReportPackage): number {
  return (steps.find(({ step }) => step !== "download") ?? steps[0]!).start;
}

function row({ name, version, steps, seconds }: ReportPackage, end: number, critical: boolean): Html {
  const bars = steps
    .filter((one) => one.seconds > 0)
    .map((one) => {
      const [left, width] = [(one.start / end) * 100, Math.max((one.seconds / end) * 100, 0.08)];
      const title = `${name} ${version ?? ""}: ${one.step}, ${duration(one.seconds)} from ${duration(one.start)}`;
      return markup`<i
        class="${groupOf(one.step)}"
        style="left:${left.toFixed(3)}%;width:${width.toFixed(3)}%"
        title="${title}"
      ></i>`;
    });
  return markup`<div class="row${critical ? " critical" : ""}" role="row">
    <span class="name" title="${name}">${name}</span>
    <div class="track">${bars}</div>
    <span class="num">${duration(seconds)}</span>
  </div> `;
}

function ticks(end: number): Html[] {
  const steps = [0.1, 0.5, 1, 5, 10, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400];
  const step = steps.find((one) => end / one <= 7) ?? 28_800;
  return Array.from({ length: Math.floor(end / step) + 1 }, (_, index) => index * step)
    .filter((at) => at / end < 0.97)
    .map((at) => markup`<b style="left:${((at / end) * 100).toFixed(3)}%">${at === 0 ? "0" : duration(at)}</b>`);
}
