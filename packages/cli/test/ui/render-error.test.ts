import { BuildrootError } from "@ipa-br/buildroot";
import { ConductorError } from "@ipa-br/conductor";
import { QemuError } from "@ipa-br/qemu";
import { describe, expect, it } from "vitest";
import { CliError } from "../../src/errors.js";
import { renderError } from "../../src/ui/render-error.js";

describe("renderError", () => {
  it("says what, why and what to type", () => {
    const cause = new Error("outer", { cause: new Error("EACCES: permission denied\nmore") });
    const error = new CliError("CONFIG_INVALID", "/x cannot be read", { hint: "chmod +r /x", cause });
    expect(renderError(error)).toBe(
      "error: /x cannot be read [CONFIG_INVALID]\n  cause: EACCES: permission denied\n  try: chmod +r /x",
    );
  });

  it("knows whose port is taken: the conductor's, or one that is forwarded", () => {
    const conductor = new ConductorError("PORT_IN_USE", "Port 6385 is taken.");
    expect(renderError(conductor)).toContain("--conductor with another port, or without one");
    const forward = new QemuError("PORT_IN_USE", "Port 2222 cannot be forwarded.");
    expect(renderError(forward)).toContain("--forward with another port of the host");
  });

  it("does not say the cause twice", () => {
    const error = new CliError("CONFIG_INVALID", "/x: no such file", { cause: new Error("no such file") });
    expect(renderError(error)).toBe("error: /x: no such file [CONFIG_INVALID]");
  });

  it("shows the cause lines of a failed build, its log and how to go on", () => {
    const error = new BuildrootError("BUILD_FAILED", "busybox 1.37.0 failed in step Building", {
      hint: "mend main.c",
      details: {
        package: "busybox",
        version: "1.37.0",
        step: "Building",
        kind: "compiler",
        cause: ["main.c:3: error: expected ;"],
        logPath: "/o/build.log",
        exitCode: 2,
        signal: undefined,
        resume: "ipa-br build",
      },
    });
    expect(renderError(error).split("\n")).toEqual([
      "error: busybox 1.37.0 failed in step Building [BUILD_FAILED]",
      "",
      "    main.c:3: error: expected ;",
      "",
      "  log: /o/build.log",
      "  to go on: ipa-br build",
      "  try: mend main.c",
    ]);
  });

  it("adds what to type on this command line", () => {
    const cause = new DOMException("This operation was aborted", "AbortError");
    const error = new BuildrootError("ABORTED", "make was ended on request.", {
      hint: "What was finished stays.",
      cause,
    });
    expect(renderError(error).split("\n")).toEqual([
      "error: make was ended on request. [ABORTED]",
      "  try: What was finished stays.",
      "       the same command again goes on where it was cut off",
    ]);
  });

  it("shows a message of several lines with the code in the first", () => {
    const error = new CliError("LOGIN_NOT_SEEN", "panic\ntrace");
    expect(renderError(error)).toBe("error: panic [LOGIN_NOT_SEEN]\n    trace");
  });

  it("calls anything else a bug, with its stack", () => {
    expect(renderError(new TypeError("x is undefined"))).toMatch(
      /^error: this is a bug.*\n    TypeError: x is undefined\n    {4,}at /,
    );
    expect(renderError("text")).toContain("text");
  });
});
