import { createHash } from "node:crypto";
import type { Sbom } from "../sbom.js";
import type { BuildReport } from "../types.js";
import { markup, type Html } from "./html.js";
import { script } from "./script.js";
import { chain, figures, imageTable, licenceTable, packageTable, slowest, space } from "./sections.js";
import { style } from "./style.js";
import { timeline } from "./timeline.js";

/**
 * One HTML page of a report that needs nothing from anywhere: its style and script are in it, the SBOM too, and its content security policy
 * forbids all else.
 */
export function renderReport(report: BuildReport, sbom: Sbom): string {
  const title = report.defconfig ?? "Buildroot image";
  const raw = (text: string): Html => ({ html: text });
  const hash = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src ${hash(script)}; base-uri 'none'; form-action 'none'`;
  const document = `data:application/vnd.cyclonedx+json;base64,${Buffer.from(JSON.stringify(sbom, undefined, 2)).toString("base64")}`;
  const date = report.at.slice(0, 16).replace("T", " ");
  const section = (heading: string, content: Html): Html =>
    markup`<section>
      <h2>${heading}</h2>
      ${content}
    </section> `;
  return markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <title>${title}: build report</title>
        <style>
          ${raw(style)}
        </style>
      </head>
      <body>
        <main>
          <header>
            <div>
              <h1>${title}</h1>
              <p>Buildroot ${report.buildroot}, built ${date} UTC</p>
            </div>
            <a class="button" id="sbom" download="sbom.cdx.json" href="${document}">Download SBOM (CycloneDX)</a>
          </header>
          ${figures(report)} ${section("Timeline", timeline(report))}
          <div class="columns">
            ${section("Critical path", chain(report))}${section("Where the time goes", slowest(report))}
          </div>
          ${section("Where the space goes", space(report))} ${section("Packages", packageTable(report))}
          ${section("Licences in the image", licenceTable(report))} ${section("Images", imageTable(report))}
          <footer>
            Times from build-time.log, sizes from the target folder, packages and licences from show-info.
          </footer>
        </main>
        ${raw(`<script>${script}</script>`)}
      </body>
    </html> `.html;
}
