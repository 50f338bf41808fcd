import { array, assert, constantFrom, integer, property } from "fast-check";
import { expect, it } from "vitest";
import { plainTextFilter } from "../../src/serial/plain-text.js";

const escape = "\u001b";

it.each([
  ["line ends", "a\r\nb\n\rc\rd\te", "a\nb\ncd\te"],
  ["colours and cursor", `${escape}[2J${escape}[1;31mred${escape}[0m${escape}[?25l`, "red"],
  ["a title", `a${escape}]0;title\u0007b${escape}]0;title${escape}\\c`, "abc"],
  ["a character set", `${escape}(Bx${escape}=y${escape}cz`, "xyz"],
  ["a sequence inside another", `${escape}[3${escape}[0mx`, "x"],
  ["a title without an end", `${escape}]0;lost\nnext`, "next"],
  ["bells, NUL and delete", "a\u0007\0b\u007fc", "abc"],
  ["other scripts", "größe ✓ 🙂", "größe ✓ 🙂"],
])("reads %s", (_what, raw, plain) => {
  expect(plainTextFilter()(raw)).toBe(plain);
});

it("does not depend on where the pieces are cut", () => {
  const part = constantFrom(
    "a",
    "\r\n",
    `${escape}[1;2H`,
    `${escape}]0;t\u0007`,
    `${escape}]x${escape}\\`,
    "ü",
    escape,
    "[",
  );
  assert(
    property(array(part), integer({ min: 1, max: 7 }), (parts, size) => {
      const raw = parts.join("");
      const cut = plainTextFilter();
      let plain = "";
      for (let at = 0; at < raw.length; at += size) plain += cut(raw.slice(at, at + size));
      expect(plain).toBe(plainTextFilter()(raw));
    }),
  );
});
