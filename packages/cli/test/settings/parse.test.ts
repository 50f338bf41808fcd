import { describe, expect, it } from "vitest";
import type { CliError } from "../../src/errors.js";
import { parseSetting, parseSettings, splitExternals } from "../../src/settings/parse.js";

describe("parseSetting", () => {
  it.each([
    ["BR2_X=y", ["BR2_X", true]],
    ["BR2_X=n", ["BR2_X", false]],
    ["BR2_X", ["BR2_X", true]],
    ["BR2_X=m", ["BR2_X", "m"]],
    ["BR2_JLEVEL=4", ["BR2_JLEVEL", "4"]],
    ["BR2_X=a=b", ["BR2_X", "a=b"]],
    [String.raw`BR2_X="a \"b\" c"`, ["BR2_X", 'a "b" c']],
    ['BR2_X=""', ["BR2_X", ""]],
  ])("reads %s", (text, setting) => {
    expect(parseSetting(text)).toEqual(setting);
  });

  it.each(["", "=y", "BR2 X=y", "BR2-X=y"])("refuses %j", (text) => {
    expect(() => parseSetting(text)).toThrow(expect.objectContaining({ code: "SETTING_INVALID" }) as CliError);
  });

  it("lets a later setting win", () => {
    expect(parseSettings(["A=1", "B=y", "A=2"])).toEqual({ A: "2", B: true });
  });
});

describe("splitExternals", () => {
  it("splits at spaces and colons", () => {
    expect(splitExternals(" /a:/b  /c ")).toEqual(["/a", "/b", "/c"]);
  });
});
