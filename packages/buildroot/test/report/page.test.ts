import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type BuildReport, createSbom, renderReport } from "../../src/index.js";
import { keptFolder } from "../support/temporary.js";
import { builtReport } from "./support.js";

const executable = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) =>
  existsSync(path),
);
const missing = executable === undefined ? "there is no Chromium here" : undefined;

describe("the report's page, in Chromium", { timeout: 60_000 }, () => {
  let folder: Awaited<ReturnType<typeof keptFolder>>;
  let report: BuildReport;
  let browser: Browser;
  let page: Page;
  const asked: string[] = [];
  const problems: string[] = [];

  beforeAll(async () => {
    folder = await keptFolder();
    report = await builtReport(folder.path);
    if (executable === undefined) return;
    const path = join(folder.path, "report.html");
    await writeFile(path, renderReport(report, createSbom(report)));
    browser = await chromium.launch({ executablePath: executable, args: ["--no-sandbox"] });
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.on("request", (request) => void asked.push(request.url()));
    page.on("pageerror", (error) => void problems.push(String(error)));
    page.on("console", (message) => void problems.push(message.text()));
    await page.goto(pathToFileURL(path).href);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await folder.remove();
  });

  it("asks for nothing but itself, and has no errors", (ctx) => {
    ctx.skip(missing !== undefined, missing);
    expect(asked).toEqual([expect.stringMatching(/^file:.*report\.html$/)]);
    expect(problems).toEqual([]);
  });

  it("shows figures, times, the critical path, sizes and licences", async (ctx) => {
    ctx.skip(missing !== undefined, missing);
    expect(await page.title()).toBe("board_defconfig: build report");
    expect(await page.locator(".figures p").allTextContents()).toEqual([
      "5 min 26 s",
      "5 min 23 s",
      "5",
      "1.13 MiB",
      "1",
      "7",
    ]);
    const chain = await page.locator(".chain .name").allTextContents();
    expect(chain).toEqual(["host-m4", "host-bison", "linux"]);
    expect(await page.locator(".chart .row.critical .name").allTextContents()).toEqual(chain);
    const bar = page.locator(".chart .row", { hasText: "linux" }).locator("i.build");
    const [track, box] = [
      await page.locator(".chart .row.critical .track").first().boundingBox(),
      await bar.boundingBox(),
    ];
    expect(box!.width / track!.width).toBeCloseTo(220 / 326, 2);
    expect((box!.x - track!.x) / track!.width).toBeCloseTo(100 / 326, 2);
    expect(await page.locator(".treemap text:not(.sub)").allTextContents()).toEqual(["busybox", "dropbear", "zlib"]);
    // What a package says is text, whatever it says.
    expect(await page.locator("#packages td.licence", { hasText: "<b>&odd" }).count()).toBe(1);
  });

  it("sorts and searches its packages", async (ctx) => {
    ctx.skip(missing !== undefined, missing);
    const names = () => page.locator("#packages tbody tr:visible td:first-child").allTextContents();
    expect((await names())[0]).toBe("linux");
    await page.getByRole("button", { name: "Package", exact: true }).click();
    expect((await names()).slice(0, 2)).toEqual(["busybox", "dropbear"]);
    await page.getByRole("button", { name: "Size" }).click();
    expect((await names()).slice(0, 3)).toEqual(["busybox", "dropbear", "zlib"]);
    await page.locator("#search").fill("gpl-3 host");
    expect((await names()).sort()).toEqual(["host-bison", "host-m4"]);
    await page.locator("#search").fill("");
  });

  it("hands out the SBOM", async (ctx) => {
    ctx.skip(missing !== undefined, missing);
    const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#sbom").click()]);
    expect(download.suggestedFilename()).toBe("sbom.cdx.json");
    expect(JSON.parse(await readFile(await download.path(), "utf8"))).toEqual(
      JSON.parse(JSON.stringify(createSbom(report))),
    );
  });

  it("fits a telephone, and a dark room", async (ctx) => {
    ctx.skip(missing !== undefined, missing);
    await page.setViewportSize({ width: 400, height: 800 });
    await page.emulateMedia({ colorScheme: "dark" });
    const [wide, ground] = (await page.evaluate(
      "[document.documentElement.scrollWidth, getComputedStyle(document.body).backgroundColor]",
    )) as [number, string];
    expect(wide).toBeLessThanOrEqual(400);
    expect(ground).toBe("rgb(18, 22, 28)");
  });
});
