import { describe, expect, it } from "vitest";
import { parseForward } from "../../src/commands/run.js";

describe("parseForward", () => {
  it.each([
    ["2222:22", { protocol: "tcp", hostPort: 2222, guestPort: 22 }],
    ["tcp:1:65535", { protocol: "tcp", hostPort: 1, guestPort: 65_535 }],
    ["udp:53:53", { protocol: "udp", hostPort: 53, guestPort: 53 }],
  ])("reads %s", (text, forward) => {
    expect(parseForward(text)).toEqual(forward);
  });

  it.each(["22", "0:22", "70000:22", "sctp:1:2", "a:b", "1:2:3"])("refuses %s", (text) => {
    expect(() => parseForward(text)).toThrow(expect.objectContaining({ code: "SETTING_INVALID" }) as Error);
  });
});
