import { describe, expect, it } from "vitest";
import { requestedMinor } from "../../src/nodes/api-version.js";

describe("requestedMinor", () => {
  it.each([
    [undefined, 1],
    ["", 1],
    ["1.68", 68],
    ["latest", 115],
    ["1.115", 115],
  ])("takes %j for 1.%j", (header, minor) => {
    expect(requestedMinor(header, "1.115")).toBe(minor);
  });

  it.each(["1.116", "2.0", "1.0", "one", "1", "-1.5"])("refuses %j with 406", (header) => {
    expect(requestedMinor(header, "1.115")).toMatchObject({ status: 406 });
  });
});
