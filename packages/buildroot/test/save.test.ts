import { createHash } from "node:crypto";
import { mkdir, readFile, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import type { Buildroot } from "../src/index.js";
import { rejection } from "./support/errors.js";
import { smallBuildroot, writeTree } from "./support/small-tree.js";
import { temporaryFolder } from "./support/temporary.js";

let folder: string;
let buildroot: Buildroot;

/** What make says of a package, and rules as those of package/pkg-kconfig.mk behave. */
function kconfigRules(linuxFile: string, defconfig = ""): string {
  return `	@true

LINUX_KCONFIG_FILE = ${linuxFile}
show-vars:
	@printf '{ "LINUX_DIR": {"expanded": "$(O)/build/linux-6"}, "LINUX_KCONFIG_FILE": {"expanded": "$(LINUX_KCONFIG_FILE)"},'
	@printf ' "LINUX_KCONFIG_FRAGMENT_FILES": {"expanded": ""}, "LINUX_KCONFIG_DEFCONFIG": {"expanded": "${defconfig}"} }\\n'

linux-savedefconfig:
	@grep '=y' $(O)/build/linux-6/.config > $(O)/build/linux-6/defconfig
linux-update-defconfig:
	cp -f $(O)/build/linux-6/defconfig $(LINUX_KCONFIG_FILE)
	@test ! -e $(O)/fail || { echo 'error: disk on fire'; exit 1; }
	@touch --reference $(O)/build/linux-6/.stamp_dotconfig $(LINUX_KCONFIG_FILE)
`;
}

async function configured(): Promise<void> {
  await buildroot.configure({ defconfig: "small", set: { BR2_LINUX_KERNEL: "y" } });
}

beforeEach(async () => {
  folder = await temporaryFolder();
  buildroot = await smallBuildroot(folder, kconfigRules(join(folder, "linux.config")));
  await writeFile(join(folder, "linux.config"), "CONFIG_OLD=y\n");
  await writeTree(buildroot.output, { "build/linux-6/.config": "CONFIG_NEW=y\n# CONFIG_X is not set\n" });
  await configured();
});

async function stamp(): Promise<void> {
  for (const name of [".stamp_kconfig_fixup_done", ".stamp_dotconfig"]) {
    await writeFile(join(buildroot.output, "build/linux-6", name), "");
    await utimes(join(buildroot.output, "build/linux-6", name), 1000, 1000);
  }
}

describe("save", () => {
  it("writes the defconfig to the path that was given, and only there", async () => {
    const path = join(folder, "mine_defconfig");
    const saved = await buildroot.save({ defconfig: path, linux: false });
    expect(saved).toEqual({
      written: [
        {
          kind: "defconfig",
          path,
          changed: true,
          changes: expect.arrayContaining([{ name: "BR2_TEXT", before: undefined, after: "x" }]),
          backup: undefined,
        },
      ],
      skipped: [{ kind: "busybox", reason: "BR2_PACKAGE_BUSYBOX is not set." }],
    });
    expect(await readFile(path, "utf8")).toContain('BR2_TEXT="x"');
    expect((await buildroot.save({ defconfig: path, linux: false })).written[0]).toMatchObject({ changed: false });
  });

  it("writes back to the defconfig that was configured, where it is the user's own", async () => {
    const path = join(folder, "own_defconfig");
    await writeFile(path, "BR2_OLD=y\n");
    await writeFile(join(buildroot.output, ".config"), `BR2_DEFCONFIG="${path}"\nBR2_NEW=y\n`);
    const { written } = await buildroot.save();
    expect(written).toEqual([
      {
        kind: "defconfig",
        path,
        changed: true,
        changes: expect.arrayContaining([{ name: "BR2_OLD", before: "y", after: undefined }]),
        backup: expect.stringMatching(new RegExp(`^${buildroot.output}/ipa-br/saved/save-\\w+/own_defconfig$`)),
      },
    ]);
    expect(await readFile(written[0]!.backup!, "utf8")).toBe("BR2_OLD=y\n");
    expect(await readFile(path, "utf8")).toContain("BR2_NEW=y\n");
  });

  it("leaves a defconfig of Buildroot's own alone unless it is named", async () => {
    const { skipped } = await buildroot.save({ linux: false, busybox: false });
    expect(skipped[0]?.reason).toContain("belongs to Buildroot");
    expect((await rejection(buildroot.save({ defconfig: true, linux: false }))).code).toBe("SAVE_FAILED");
    expect((await rejection(buildroot.save({ defconfig: "relative" }))).code).toBe("SAVE_FAILED");
    expect((await rejection(buildroot.save({ defconfig: join(folder, "no/such/folder") }))).code).toBe("SAVE_FAILED");
  });

  it("writes the kernel's minimal configuration and keeps it older than the stamps", async () => {
    await stamp();
    const saved = await buildroot.save({ defconfig: false, linux: true });
    expect(saved.written).toMatchObject([
      {
        kind: "linux",
        path: join(folder, "linux.config"),
        changed: true,
        changes: [
          { name: "OLD", before: "y", after: undefined },
          { name: "NEW", before: undefined, after: "y" },
        ],
      },
    ]);
    expect(await readFile(join(folder, "linux.config"), "utf8")).toBe("CONFIG_NEW=y\n");
    expect((await stat(join(folder, "linux.config"))).mtimeMs).toBe(1_000_000);
  });

  it("does not touch the kernel's file when make fails in the midst of it", async () => {
    await stamp();
    await writeFile(join(buildroot.output, "fail"), "");
    const error = await rejection(buildroot.save({ defconfig: false }));
    expect(error.code).toBe("SAVE_FAILED");
    expect(error.message).toContain("disk on fire");
    expect(await readFile(join(folder, "linux.config"), "utf8")).toBe("CONFIG_OLD=y\n");
  });

  it("says why a kernel's configuration is not saved, and demands it only if asked", async () => {
    expect((await buildroot.save({ defconfig: false })).skipped[0]).toEqual({
      kind: "linux",
      reason: "It is not configured yet: make linux-configure (or build) first.",
    });
    const path = join(folder, "untouched_defconfig");
    const error = await rejection(buildroot.save({ defconfig: path, linux: true }));
    expect(error.message).toContain("not configured yet");
    await expect(stat(path)).rejects.toThrow("ENOENT");

    await stamp();
    const own = await temporaryFolder();
    const inTree = await smallBuildroot(own, kconfigRules("arch/x86/configs/x86_64_defconfig", "x86_64"));
    await mkdir(inTree.output);
    await writeFile(join(inTree.output, ".config"), "BR2_LINUX_KERNEL=y\n");
    expect((await inTree.save({ defconfig: false })).skipped[0]?.reason).toContain("own x86_64");
    const relative = await smallBuildroot(own, kconfigRules("board/x/linux.config"));
    expect((await relative.save({ defconfig: false })).skipped[0]?.reason).toContain("belongs to Buildroot");
  });

  it("tells what would change and writes nothing", async () => {
    const path = join(folder, "own_defconfig");
    await writeFile(path, "BR2_OLD=y\n");
    const { written } = await buildroot.save({ defconfig: path, linux: false, dryRun: true });
    expect(written).toMatchObject([{ path, changed: true, backup: undefined }]);
    expect(await readFile(path, "utf8")).toBe("BR2_OLD=y\n");
  });

  it("writes all or none: what make cannot write keeps the others from being written", async () => {
    await stamp();
    await writeFile(join(buildroot.output, "fail"), "");
    const path = join(folder, "own_defconfig");
    await writeFile(path, "BR2_OLD=y\n");
    expect((await rejection(buildroot.save({ defconfig: path, linux: true }))).code).toBe("SAVE_FAILED");
    expect(await readFile(path, "utf8")).toBe("BR2_OLD=y\n");
  });

  it("puts the files of before back when a save was cut off", async () => {
    const events: string[] = [];
    const again = await smallBuildroot(folder, kconfigRules(join(folder, "linux.config")), {
      onEvent: (event) => void (event.type === "warning" && events.push(event.code)),
    });
    const [path, former, next] = ["d", ".d.old", ".d.new"].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    await writeFile(path, "new\n");
    await writeFile(former, "former\n");
    const sum = (text: string): string => createHash("sha256").update(text).digest("hex");
    const other = { path: join(folder, "e"), next, former: undefined, formerSum: undefined, nextSum: sum("e") };
    const entries = [{ path, next, former, formerSum: sum("former\n"), nextSum: sum("new\n") }, other];
    await writeTree(again.output, { "ipa-br/save.json": JSON.stringify({ version: 1, entries }) });
    await again.clean();
    expect(await readFile(path, "utf8")).toBe("former\n");
    expect(events).toEqual(["SAVE_INTERRUPTED"]);
  });
});
