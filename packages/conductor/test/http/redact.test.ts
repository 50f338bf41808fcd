import { describe, expect, it } from "vitest";
import { redactLog, redactPath, redactText } from "../../src/http/redact.js";

describe("redactPath", () => {
  it("hides every token of a query and nothing else", () => {
    expect(redactPath("/v1/commands/?wait=true&agent_token=abc&x=1")).toBe(
      "/v1/commands/?wait=true&agent_token=******&x=1",
    );
    expect(redactPath("/?TOKEN=abc")).toBe("/?TOKEN=******");
    expect(redactPath("/v1/lookup?addresses=52:54")).toBe("/v1/lookup?addresses=52:54");
  });
});

describe("redactText", () => {
  it("hides the secret wherever it is", () => {
    expect(redactText("a abc b abc", "abc")).toBe("a ****** b ******");
    expect(redactText("a", undefined)).toBe("a");
    expect(redactText("a", "")).toBe("a");
  });
});

describe("redactLog", () => {
  it("hides the tokens that agents log, and secrets that are known", () => {
    const token = "pRoxthLa2i7jEvDXyA0Sb_PVCiyn3CBNPbZ-SaHXRJc";
    const lines = [
      `GET /v1/commands/?agent_token=${token} - 200`,
      `{"agent_token": "${token}"}`,
      `'agent_token': '${token}'`,
    ];
    for (const line of lines) expect(redactLog(line, [])).toBe(line.replace(token, "******"));
    expect(redactLog(`it is ${token}`, [token])).toBe("it is ******");
    expect(redactLog("Token invalid.", [])).toBe("Token invalid.");
  });
});
