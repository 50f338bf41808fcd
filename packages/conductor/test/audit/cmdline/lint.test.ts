import { describe, expect, it } from "vitest";
import { agentParameters, lintCommandLine } from "../../../src/index.js";

const words = (text: string) =>
  lintCommandLine(text).findings.map(({ severity, name, problem, note }) =>
    [`${severity}: ${name} ${problem}`, ...(note === undefined ? [] : [note])].join(" - "),
  );

describe("lintCommandLine", () => {
  it("has nothing to say of a command line that is right", () => {
    const text =
      'console=ttyS0,115200 BOOTIF=01-52-54-00-12-34-56 ipa-api-url=https://192.0.2.1:6385 ipa-debug=1 sshkey="ssh-rsa AAAA me" quiet';
    expect(lintCommandLine(text)).toEqual({
      parameters: [
        { name: "ipa-api-url", value: "https://192.0.2.1:6385" },
        { name: "ipa-debug", value: "1" },
      ],
      findings: [],
      passed: true,
    });
  });

  it.each([
    ["ipa-api-ulr=http://x", "error: ipa-api-ulr is no parameter of the agent - did you mean ipa-api-url?"],
    ["ipa_api_url=http://x", "error: ipa_api_url is no parameter of the agent - did you mean ipa-api-url?"],
    ["IPA-DEBUG=1", "error: IPA-DEBUG is no parameter of the agent - did you mean ipa-debug?"],
    ["ipa-lookup-timout=3", "error: ipa-lookup-timout is no parameter of the agent - did you mean ipa-lookup-timeout?"],
    ["ipa-qqqqqqqqqqqqqqqqq=3", "error: ipa-qqqqqqqqqqqqqqqqq is no parameter of the agent"],
    ["ipa-insecure", "error: ipa-insecure has no value, and the agent passes over it - ipa-insecure=..."],
    ["ipa-api-url=", "warning: ipa-api-url has an empty value"],
    [
      "ipa-api-url=10.0.2.2:6385",
      "error: ipa-api-url has a value that is no http:// or https:// address, nor mdns: 10.0.2.2:6385",
    ],
    ["ipa-insecure=maybe", "error: ipa-insecure has a value that is neither true nor false: maybe"],
    ["ipa-listen-port=70000", "error: ipa-listen-port has a value that is more than 65535: 70000"],
    ["ipa-ip-lookup-attempts=0", "error: ipa-ip-lookup-attempts has a value that is less than 1: 0"],
    ["ipa-lookup-timeout=5m", "error: ipa-lookup-timeout has a value that is no whole number: 5m"],
    ["ipa-lldp-timeout=x", "error: ipa-lldp-timeout has a value that is no number: x"],
    ["ipa-advertise-protocol=ftp", "error: ipa-advertise-protocol has a value that is none of http, https: ftp"],
    [
      "ipa-advertise-host=node.example",
      "error: ipa-advertise-host has a value that is no IP address, which the agent needs to make its certificate for it: node.example",
    ],
    ["ipa-debug=1 ipa-debug=0", "warning: ipa-debug is given more than once: the last one counts"],
    [
      'ipa-debug="1"',
      "error: ipa-debug is quoted, and the agent takes the quotes for a part of it - leave the quotes out",
    ],
    [
      '"ipa-debug=1"',
      "error: ipa-debug is quoted, and the agent takes the quotes for a part of it - leave the quotes out",
    ],
    [
      'ipa-ntp-server="a b"',
      "error: ipa-ntp-server is quoted for its white space, but the agent splits there all the same - white space cannot be written",
    ],
    ['sshkey="ssh-rsa AAAA', "error: the command line has a double quote without its counterpart"],
    [
      "quiet sshkey=ssh-ed25519 AAAAC3Nz me@home ipa-debug=1",
      'error: sshkey is not quoted, and ends behind ssh-ed25519: nobody can log in with it - sshkey="ssh-ed25519 AAAA..."',
    ],
    [
      "quiet ü",
      "warning: the command line has characters besides printable ASCII: boot loaders make something else of them",
    ],
    [`quiet ${"x".repeat(2048)}`, "error: the command line has 2054 bytes: Linux cuts it off at 2047"],
  ])("complains of %s", (text, expected) => {
    expect(words(text)).toEqual([expected]);
  });

  it("takes what the agent takes", () => {
    for (const text of [
      "ipa-api-url=mdns",
      "ipa-api-url=http://a:1,http://b:2",
      "ipa-container-auth-quay=x",
      "ipa-insecure=off",
    ]) {
      expect(words(text)).toEqual([]);
    }
  });

  it("shows no secret", () => {
    const text = "ipa-agent-token=verysecret ipa-container-auth-quay=alsosecret";
    const shown = JSON.stringify(
      lintCommandLine(text, {
        collectors: [],
        settings: [{ file: "etc/x.conf", option: "agent_token", value: "othersecret" }],
        known: new Set(),
        agentVersion: undefined,
      }),
    );
    expect(shown).not.toMatch(/verysecret|alsosecret|othersecret/);
    expect(shown).toContain("******");
  });

  it("trusts the image's agent where it knows a name that this package does not", () => {
    const image = { collectors: [], settings: [], known: new Set(["ipa-brand-new"]), agentVersion: "14.0.0" };
    expect(lintCommandLine("ipa-brand-new=1", image).findings).toEqual([]);
    expect(lintCommandLine("ipa-brand-old=1", image).passed).toBe(false);
  });

  it("knows each parameter once, spelled as the kernel's users do", () => {
    const names = agentParameters.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !/^ipa-[a-z-]+$/.test(name))).toEqual([]);
  });
});
