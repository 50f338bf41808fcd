import { describe, expect, it } from "vitest";
import { settingValue } from "../../src/config/setting-value.js";
import { scanConfigIn } from "../../src/config/symbol-types.js";

describe("settingValue", () => {
  it.each([
    [true, "bool", "y"],
    [false, "bool", "n"],
    ["y", "bool", "y"],
    ["m", "tristate", "m"],
    [5, "int", "5"],
    ["-5", "int", "-5"],
    [255, "hex", "0xff"],
    ["0x1F", "hex", "0x1F"],
    ["5", "string", '"5"'],
    [5, "string", '"5"'],
    ["y", "string", '"y"'],
    ["", "string", '""'],
    ['a "b" \\c', "string", '"a \\"b\\" \\\\c"'],
    ['"as in .config"', "string", '"as in .config"'],
    ['"', "string", '"\\""'],
    ["y", undefined, "y"],
    ["text", undefined, '"text"'],
  ] as const)("%j for a %s symbol is %s", (value, type, written) => {
    expect(settingValue("X", value, type)).toBe(written);
  });

  it.each([
    ["m", "bool"],
    ["yes", "bool"],
    [1, "bool"],
    ["1.5", "int"],
    [true, "int"],
    ["0xg", "hex"],
    [-1, "hex"],
    [false, "string"],
  ] as const)("%j for a %s symbol is refused", (value, type) => {
    expect(() => settingValue("X", value, type)).toThrow(expect.objectContaining({ code: "SETTING_INVALID" }));
  });
});

it("scans a Config.in, and does not take help for entries", () => {
  const { declared, sourced } = scanConfigIn(
    `
config BR2_A
	bool "a"
	help
	  config BR2_NOT
	  string "x"

	  source "nothing"

menuconfig BR2_B
	string
	default "b"
choice
	prompt "c"
	default BR2_C
config BR2_C
	def_bool y
endchoice
config BR2_D
	int "d" if BR2_A
	---help---
	  text
source "package/x/Config.in"
source "$BR2_EXTERNAL_A_PATH/Config.in"
config BR2_E
  hex
`,
    { path: "/Config.in", choice: undefined },
  );
  expect(declared.map(({ name, type, choice }) => [name, type, choice])).toEqual([
    ["BR2_A", "bool", undefined],
    ["BR2_B", "string", undefined],
    ["BR2_C", "bool", "/Config.in:13"],
    ["BR2_D", "int", undefined],
    ["BR2_E", "hex", undefined],
  ]);
  expect(sourced.map(({ path }) => path)).toEqual(["package/x/Config.in", "$BR2_EXTERNAL_A_PATH/Config.in"]);
});
