import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../support/folder.js";
import { cleanEnvironment, type Finished, ipaBr, miniroot } from "../support/ipa-br.js";

/** The error as a person sees it: one screen, the code in brackets, the next step. */
function expectError(finished: Finished, expected: { exit: number; code: string; says: RegExp; try: RegExp }): void {
  expect(finished.stderr).toContain(`[${expected.code}]`);
  expect(finished.stderr).toMatch(expected.says);
  expect(finished.stderr).toMatch(expected.try);
  expect(finished.stderr.split("\n").length).toBeLessThanOrEqual(25);
  expect(finished.stderr).not.toMatch(/\n\s+at /);
  expect(finished.stdout).toBe("");
  expect(finished.code).toBe(expected.exit);
}

const tree = (output: string) => ["--buildroot", miniroot, "--output", output];

describe("bad input", () => {
  it("unknown defconfig: names the nearest", async () => {
    const output = join(temporaryFolder(), "o");
    expectError(await ipaBr(["configure", "minirot_defconfig", ...tree(output)]), {
      exit: 2,
      code: "DEFCONFIG_UNKNOWN",
      says: /minirot_defconfig/,
      try: /miniroot_defconfig/,
    });
  });

  it("missing make", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "bin"));
    symlinkSync("/bin/sh", join(folder, "bin/sh"));
    const env = cleanEnvironment({ PATH: join(folder, "bin") });
    expectError(await ipaBr(["configure", "miniroot_defconfig", ...tree(join(folder, "o"))], { env }), {
      exit: 3,
      code: "MAKE_NOT_FOUND",
      says: /make/,
      try: /install/,
    });
  });

  it("an output folder that cannot be written", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "file"), "kept");
    expectError(await ipaBr(["configure", "miniroot_defconfig", ...tree(join(folder, "file/o"))]), {
      exit: 3,
      code: "OUTPUT_UNWRITABLE",
      says: /file\/o/,
      try: /--output/,
    });
    expect(readFileSync(join(folder, "file"), "utf8")).toBe("kept");
  });

  it("an output folder with a space", async () => {
    expectError(await ipaBr(["configure", "miniroot_defconfig", ...tree(join(temporaryFolder(), "a b"))]), {
      exit: 4,
      code: "OUTPUT_INVALID",
      says: /space/,
      try: /--output/,
    });
  });

  it("an output folder of another tree stays as it is", async () => {
    const folder = temporaryFolder();
    const output = join(folder, "o");
    await ipaBr(["configure", "miniroot_defconfig", ...tree(output)]);
    const before = readFileSync(join(output, ".config"), "utf8");
    const other = join(folder, "other");
    mkdirSync(join(other, "configs"), { recursive: true });
    for (const name of readdirSync(miniroot)) {
      if (!["node_modules", "configs", "output", "reports"].includes(name))
        symlinkSync(join(miniroot, name), join(other, name));
    }
    writeFileSync(join(other, "configs/other_defconfig"), "");
    expectError(await ipaBr(["configure", "other_defconfig", "--buildroot", other, "--output", output]), {
      exit: 4,
      code: "OUTPUT_FOREIGN",
      says: /miniroot/,
      try: /--output/,
    });
    expect(readFileSync(join(output, ".config"), "utf8")).toBe(before);
  });

  it("a corrupt lock left by a dead process is taken over", async () => {
    const output = join(temporaryFolder(), "o");
    await ipaBr(["configure", "miniroot_defconfig", ...tree(output)]);
    const lock = join(output, "ipa-br/lock");
    writeFileSync(lock, '{"pid": 1');
    const finished = await ipaBr(["configure", "miniroot_defconfig", ...tree(output)]);
    expect(finished.stderr).toContain("took over");
    expect(finished.code).toBe(0);
  });

  it("no images to run", async () => {
    const output = temporaryFolder();
    expectError(await ipaBr(["run", ...tree(output)]), {
      exit: 4,
      code: "IMAGES_MISSING",
      says: /images\/bzImage.*images\/rootfs\.cpio\.xz/,
      try: /ipa-br build/,
    });
  });

  it("no QEMU", async () => {
    const folder = temporaryFolder();
    for (const name of ["bzImage", "rootfs.cpio.xz"]) writeFileSync(join(folder, name), "");
    expectError(await ipaBr(["run", "--images", folder], { env: cleanEnvironment({ PATH: folder }) }), {
      exit: 3,
      code: "QEMU_NOT_FOUND",
      says: /qemu-system-x86_64/,
      try: /install/,
    });
  });

  it("a folder that is no Buildroot tree", async () => {
    const folder = temporaryFolder();
    expectError(await ipaBr(["list", "--buildroot", folder]), {
      exit: 4,
      code: "BUILDROOT_INVALID",
      says: new RegExp(folder),
      try: /--buildroot/,
    });
  });

  it("no Buildroot and no network: one message names all three ways", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "bin"));
    writeFileSync(
      join(folder, "bin/git"),
      "#!/bin/sh\necho 'fatal: unable to access: Could not resolve host' >&2\nexit 128\n",
    );
    chmodSync(join(folder, "bin/git"), 0o755);
    const env = cleanEnvironment({
      PATH: `${folder}/bin:${process.env["PATH"]}`,
      XDG_CACHE_HOME: join(folder, "cache"),
    });
    const finished = await ipaBr(["list"], { cwd: folder, env });
    expect(finished.code).toBe(6);
    for (const way of [
      "[BUILDROOT_UNAVAILABLE]",
      "--buildroot DIR",
      "BR2_UPSTREAM",
      "git submodule update --init buildroot",
      "with network",
    ]) {
      expect(finished.stderr).toContain(way);
    }
    expect(readdirSync(folder)).not.toContain("output");
  });

  it("a setting without a name, a wrong option, a wrong command", async () => {
    expectError(await ipaBr(["configure", "--set", "=y"]), {
      exit: 2,
      code: "SETTING_INVALID",
      says: /"=y"/,
      try: /--set/,
    });
    expect((await ipaBr(["build", "--ouput", "x"])).code).toBe(2);
    const wrong = await ipaBr(["biuld"]);
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain("Did you mean build?");
  });

  it("a menu without a terminal", async () => {
    expectError(await ipaBr(["menuconfig", ...tree(temporaryFolder())]), {
      exit: 2,
      code: "TERMINAL_NEEDED",
      says: /menuconfig/,
      try: /--set/,
    });
  });
});
