import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { node, temporaryFolder } from "./support.js";

const folder = temporaryFolder();
const root = join(folder, "Config.in");
const config = join(folder, ".config");
afterAll(() => rmSync(folder, { recursive: true }));

describe("kconfig-report.mjs", () => {
  it("tells what a tree holds, and which lines do not do what they say", async () => {
    writeFileSync(root, 'config LAMP\n\tbool "lamp"\n\nconfig WATTS\n\tint "watts"\n\trange 1 60\n\tdepends on LAMP\n');
    writeFileSync(config, "LAMP=y\nWATTS=100\nLMAP=y\n");
    expect(await node("kconfig-report.mjs", root, config)).toEqual({
      code: 0,
      stdout: [
        "2 symbols: 1 bool, 1 int",
        `${config}:2: WATTS is "1" in the end, not "100"`,
        `${config}:3: LMAP is no symbol, did you mean LAMP?`,
        "",
      ].join("\n"),
      stderr: "",
    });
  });

  it("says how it is used", async () => {
    expect(await node("kconfig-report.mjs", root, config, "esperanto")).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^usage: .*buildroot\|/),
    });
  });
});
