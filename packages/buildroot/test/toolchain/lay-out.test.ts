import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { layOutDebianToolchain, openSourceArchive } from "../../src/index.js";
import { verifyToolchain } from "../../src/toolchain/verify.js";
import { rejection } from "../support/errors.js";
import { env } from "../support/programs.js";
import { temporaryFolder } from "../support/temporary.js";

const host = (osRelease: string) => ({ osRelease, machine: "x86_64", aptEntries: [], uid: 0, hostname: "h" });
const debian = "ID=debian\nVERSION_ID=12\nVERSION_CODENAME=bookworm\n";

describe("layOutDebianToolchain", () => {
  it("refuses a host that it does not know, before anything is written", async () => {
    const error = await rejection(
      layOutDebianToolchain({ cacheDir: "/nowhere/cache", env, host: host("ID=arch\nPRETTY_NAME='Arch Linux'\n") }),
    );
    expect(error.code).toBe("TOOLCHAIN_UNSUPPORTED");
    expect(error.message).toContain("Arch Linux");
  });

  it("refuses a cache folder that make could not work with", async () => {
    const cacheDir = join(await temporaryFolder(), "a b");
    const error = await rejection(layOutDebianToolchain({ cacheDir, env, host: host(debian) }));
    expect(error.code).toBe("TOOLCHAIN_UNUSABLE");
    expect(error.message).toContain("a space");
  });

  it("says so where the machine's apt does not know its own release", async () => {
    const error = await rejection(
      layOutDebianToolchain({ cacheDir: await temporaryFolder(), env, host: host(debian) }),
    );
    expect(error.code).toBe("APT_FAILED");
    expect(error.message).toContain("Debian 12 (bookworm main)");
  });

  it("does not begin when it was ended before", async () => {
    const options = { cacheDir: "/nowhere/cache", env, host: host(debian), signal: AbortSignal.abort() };
    expect((await rejection(layOutDebianToolchain(options))).code).toBe("ABORTED");
  });
});

describe("verifyToolchain", () => {
  const compiler = (output: string, ok = true) => ({
    compile: () => Promise.resolve({ ok, output }),
    ask: () => Promise.resolve(""),
    close: () => Promise.resolve(),
  });

  it("finds links that lead nowhere", async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, "lib"));
    await symlink("gone", join(folder, "lib/x.so"));
    const error = await rejection(verifyToolchain(folder, compiler("")));
    expect(error.message).toContain("links lead nowhere (lib/x.so)");
  });

  it("finds the host's files in a program, also behind a link of the toolchain", async () => {
    const folder = await temporaryFolder();
    await symlink("/usr", join(folder, "usr"));
    await expect(verifyToolchain(folder, compiler(`. ${folder}/stdio.h\n`))).resolves.toBeUndefined();
    for (const path of ["/usr/include/stdio.h", `${folder}/usr/include`]) {
      const output = `#include <...> search starts here:\n ${path}\nEnd of search list.\n`;
      const error = await rejection(verifyToolchain(folder, compiler(output)));
      expect(error.code).toBe("TOOLCHAIN_UNUSABLE");
      expect(error.message).toContain(`made from the host's files (${path})`);
    }
  });

  it("gives the compiler's reason, and what to install", async () => {
    const said = "cc1: error while loading shared libraries: libisl.so.23: cannot open shared object file";
    const error = await rejection(verifyToolchain(await temporaryFolder(), compiler(said, false)));
    expect(error.message).toContain("libisl.so.23");
    expect(error.hint).toContain("apt-get install build-essential");
  });
});

describe("openSourceArchive", () => {
  it("says so on a distribution without one", async () => {
    const other = host("ID=fedora\nVERSION_ID=42\nPRETTY_NAME='Fedora Linux 42'\n");
    const error = await rejection(openSourceArchive({ cacheDir: "/nowhere", env, host: other }));
    expect(error.code).toBe("APT_FAILED");
    expect(error.message).toContain("Fedora Linux 42");
  });
});
