import { describe, expect, it } from "vitest";
import { parseOsRelease } from "../../src/apt/os-release.js";

describe("parseOsRelease", () => {
  it("reads names in and without quotes", () => {
    const text = `PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_ID='12'\nVERSION_CODENAME=bookworm\n`;
    expect(parseOsRelease(text)).toEqual({
      id: "debian",
      versionId: "12",
      codename: "bookworm",
      prettyName: "Debian GNU/Linux 12 (bookworm)",
    });
  });

  it("takes escapes apart, and passes over what is no assignment", () => {
    expect(parseOsRelease('# ID=x\nnonsense\nID=a\nPRETTY_NAME="a \\"b\\" \\$c"\n').prettyName).toBe('a "b" $c');
  });

  it("says linux where nothing is said, as os-release(5) has it", () => {
    expect(parseOsRelease("")).toEqual({ id: "linux", versionId: undefined, codename: undefined, prettyName: "linux" });
  });
});
