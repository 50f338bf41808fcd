import { splitLicences } from "../licences.js";
import type { BuildReport, ReportPackage } from "../types.js";
import { bytes, duration, percent } from "./format.js";
import { type Html, markup, nothing } from "./html.js";
import { groupOf, stepGroups } from "./steps.js";
import { treemap } from "./treemap.js";

/** The figures at the top. */
export function figures(report: BuildReport): Html {
  const target = report.packages.filter(({ type, virtual }) => type === "target" && !virtual);
  const host = report.packages.filter(({ type, virtual }) => type === "host" && !virtual);
  const work = report.packages.reduce((sum, { seconds }) => sum + seconds, 0);
  const tiles: readonly (readonly [string, string, string])[] = [
    ["Time", duration(report.wallSeconds), `${duration(work)} of work in all steps`],
    [
      "Critical path",
      duration(report.criticalSeconds),
      `${report.criticalPath.length} packages, ${percent(report.criticalSeconds, report.wallSeconds)} of the time`,
    ],
    ["Packages", String(target.length), `and ${host.length} for the host`],
    ["Root file system", bytes(report.targetSize), `${bytes(report.unattributedSize)} of it from no package`],
    ["Images", String(report.images.length), bytes(report.images.reduce((sum, { size }) => sum + size, 0))],
    ["Licences", String(byLicence(report).size), "in the image"],
  ];
  return markup`<div class="figures">
    ${tiles.map(
      ([label, value, note]) =>
        markup`<div>
          <h3>${label}</h3>
          <p>${value}</p>
          <small>${note}</small>
        </div>`,
    )}
  </div>`;
}

/** The chain of packages that a quicker build has to shorten. */
export function chain(report: BuildReport): Html {
  if (report.criticalPath.length === 0) return markup`<p class="empty">No times were recorded.</p>`;
  const byName = new Map(report.packages.map((one) => [one.name, one]));
  const most = Math.max(...report.criticalPath.map((name) => byName.get(name)?.seconds ?? 0), 0.001);
  const items = report.criticalPath.map((name) => {
    const seconds = byName.get(name)?.seconds ?? 0;
    const share = (seconds / most) * 100;
    return markup`<li>
      <span class="name">${name}</span><span class="bar"><i style="width:${share.toFixed(2)}%"></i></span
      ><span class="num">${duration(seconds)}</span>
    </li> `;
  });
  return markup`<p class="note">
      Each needs the one before it. More processors do not make a build quicker than this chain; ccache, a ready-made
      toolchain or fewer dependencies do.
    </p>
    <ol class="chain">
      ${items}
    </ol>`;
}

/** The packages that took longest, by kind of step. */
export function slowest({ packages }: BuildReport): Html {
  const rows = packages
    .filter(({ seconds }) => seconds > 0)
    .toSorted((a, b) => b.seconds - a.seconds)
    .slice(0, 15);
  const most = rows[0]?.seconds ?? 0;
  if (most === 0) return markup`<p class="empty">No times were recorded.</p>`;
  return markup`<div class="bars">
    ${rows.map(({ name, steps, seconds }) => {
      const parts = stepGroups.map((group) => {
        const sum = steps.filter(({ step }) => groupOf(step) === group).reduce((total, one) => total + one.seconds, 0);
        return sum === 0
          ? nothing
          : markup`<i
              class="${group}"
              style="width:${((sum / most) * 100).toFixed(2)}%"
              title="${name}: ${group}, ${duration(sum)}"
            ></i>`;
      });
      return markup`<span class="name">${name}</span><span class="stack">${parts}</span
        ><span class="num">${duration(seconds)}</span> `;
    })}
  </div>`;
}

/** Where the root file system's bytes are. */
export function space(report: BuildReport): Html {
  const items = [
    ...report.packages.map(({ name, size, files }) => ({ name, size, files })),
    { name: "no package", size: report.unattributedSize, files: 0 },
  ]
    .filter(({ size }) => size > 0)
    .sort((a, b) => b.size - a.size);
  if (items.length === 0) return markup`<p class="empty">There is no target folder yet.</p>`;
  const [width, height] = [1000, 380];
  const tiles = treemap(items, width, height).map(({ item, ...tile }, index) => {
    const title = `${item.name}: ${bytes(item.size)}, ${percent(item.size, report.targetSize)}`;
    const fits = tile.width > item.name.length * 7.4 + 12 && tile.height > 22;
    const label = fits
      ? markup`<text x="${(tile.x + 8).toFixed(1)}" y="${(tile.y + 18).toFixed(1)}">${item.name}</text>${
          tile.height > 40 && tile.width > 70
            ? markup`<text class="sub" x="${(tile.x + 8).toFixed(1)}" y="${(tile.y + 34).toFixed(1)}"
                  >${bytes(item.size)}</text
                >`
            : nothing
        }`
      : nothing;
    const shape = markup`<rect
      x="${(tile.x + 1).toFixed(1)}"
      y="${(tile.y + 1).toFixed(1)}"
      width="${Math.max(tile.width - 2, 0.5).toFixed(1)}"
      height="${Math.max(tile.height - 2, 0.5).toFixed(1)}"
      rx="3"
      class="shade${Math.min(Math.floor(index / 2), 7)}"
    />`;
    return markup`<g><title>${title}</title>${shape}${label}</g> `;
  });
  return markup`<svg
    class="treemap"
    viewBox="0 0 ${width} ${height}"
    role="img"
    aria-label="Size of each package in the root file system"
  >
    ${tiles}
  </svg>`;
}

/** Every package, to be sorted and searched. */
export function packageTable({ packages }: BuildReport): Html {
  const rows = packages
    .filter(({ virtual }) => !virtual)
    .map(
      (one) =>
        markup`<tr>
          <td>${one.name}</td>
          ${versionCell(one)}
          <td>${one.type}</td>
          ${cell(one.seconds, duration)}${cell(one.size, bytes)}
          <td class="licence">${one.licenses ?? "not given"}</td>
        </tr> `,
    );
  const heads = ["Package", "Version", "For", "Time", "Size", "Licence"];
  return markup`<input
      type="search"
      id="search"
      placeholder="Search packages and licences"
      aria-label="Search packages and licences"
    />
    <div class="scroll">
      <table id="packages">
        <thead>
          <tr>
            ${heads.map((head) => markup`<th scope="col"><button type="button">${head}</button></th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>`;
}

function versionCell({ version, overridden }: ReportPackage): Html {
  if (overridden === undefined) return markup`<td>${version ?? ""}</td>`;
  const { folder, recipeVersion } = overridden;
  const instead = recipeVersion === undefined ? "" : `, not ${recipeVersion}`;
  return markup`<td title="${folder ?? ""}">overridden${instead}</td>`;
}

function cell(value: number, format: (value: number) => string): Html {
  return markup`<td class="num" data-sort="${value}">${value === 0 ? "" : format(value)}</td>`;
}

/** The licences of what is in the image, the most frequent first. */
export function licenceTable(report: BuildReport): Html {
  const rows = [...byLicence(report)]
    .sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1))
    .map(
      ([licence, names]) =>
        markup`<tr>
          <td>${licence}</td>
          <td class="num">${names.length}</td>
          <td class="wide">${names.join(", ")}</td>
        </tr> `,
    );
  return markup`<div class="scroll">
    <table>
      <thead>
        <tr>
          <th scope="col">Licence</th>
          <th scope="col" class="num">Packages</th>
          <th scope="col">Which</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

export function imageTable({ images }: BuildReport): Html {
  if (images.length === 0) return markup`<p class="empty">There are no images yet.</p>`;
  const rows = images.map(
    ({ name, size, sha256 }) =>
      markup`<tr>
        <td>${name}</td>
        <td class="num">${bytes(size)}</td>
        <td><code>${sha256}</code></td>
      </tr> `,
  );
  return markup`<div class="scroll">
    <table>
      <thead>
        <tr>
          <th scope="col">Image</th>
          <th scope="col" class="num">Size</th>
          <th scope="col">SHA-256</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

function byLicence({ packages }: BuildReport): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { name, licenses } of packages.filter(isInImage)) {
    const licences = splitLicences(licenses);
    for (const licence of licences.length === 0 ? ["not given"] : licences)
      found.set(licence, [...(found.get(licence) ?? []), name]);
  }
  return found;
}

function isInImage({ type, virtual }: ReportPackage): boolean {
  return type === "target" && !virtual;
}
