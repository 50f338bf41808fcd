import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { main } from "../../src/main.js";
import { temporaryFolder } from "../support/folder.js";
import { testIo } from "../support/io.js";

const osRelease = existsSync("/etc/os-release") ? readFileSync("/etc/os-release", "utf8") : "";
const supported =
  process.arch === "x64" &&
  /^VERSION_ID="?(?:12|13|22\.04|24\.04)"?$/m.test(osRelease) &&
  /^ID=(?:debian|ubuntu)$/m.test(osRelease) &&
  existsSync("/usr/bin/x86_64-linux-gnu-gcc");

describe("ipa-br toolchain", { timeout: 120_000 }, () => {
  it("prints the path of a fragment, and nothing else", async (ctx) => {
    ctx.skip(!supported, "this is no Debian or Ubuntu whose compiler can be laid out");
    const cache = temporaryFolder();
    const io = testIo({ cwd: cache, env: { PATH: process.env["PATH"], HOME: cache, XDG_CACHE_HOME: cache } });
    const code = await main(["toolchain", "debian"], io, "1");
    ctx.skip(io.err().includes("[APT_FAILED]"), "no package mirror answers");
    expect(code).toBe(0);
    expect(io.out()).toMatch(new RegExp(`^${cache}/ipa-br/toolchains/\\S+/ipa-br\\.fragment\n$`));
    expect(readFileSync(io.out().trim(), "utf8")).toContain("BR2_TOOLCHAIN_EXTERNAL_CUSTOM=y\n");
    expect(io.err()).toMatch(/: gcc \d+\.\d+\.\d+, glibc 2\.\d+, Linux \d+\.\d+ headers\n$/);
  });

  it("knows no other processor", async () => {
    const io = testIo({ cwd: temporaryFolder() });
    expect(await main(["toolchain", "debian", "--arch", "riscv64"], io, "1")).toBe(2);
    expect(io.err()).toContain("Allowed choices are x86_64, aarch64");
  });

  it("knows no other distribution's", async () => {
    const io = testIo({ cwd: temporaryFolder() });
    expect(await main(["toolchain", "fedora"], io, "1")).toBe(2);
    expect(io.err()).toContain("Allowed choices are debian");
  });
});
