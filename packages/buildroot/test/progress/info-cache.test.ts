import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { smallBuildroot } from "../support/small-tree.js";
import { temporaryFolder } from "../support/temporary.js";

const rules = `
show-info:
	@echo asked >> $(O)/asked; echo '{"foo": {"type": "target", "version": "1", "stamp_dir": "build/foo-1"}}'
`;

describe("what show-info told before", () => {
  it("counts until the configuration, the overrides or what was kept has changed", async () => {
    const folder = await temporaryFolder();
    const buildroot = await smallBuildroot(folder, rules);
    const set = { BR2_PACKAGE_OVERRIDE_FILE: "$(CONFIG_DIR)/local.mk" };
    await buildroot.configure({ defconfig: "small_defconfig", accept: Object.keys(set), set });
    const times = async (): Promise<number> => {
      const { foo } = await buildroot.showInfo({ cached: true });
      expect(foo).toMatchObject({ type: "target", version: "1", overridden: false, downloads: [] });
      return (await readFile(join(folder, "out/asked"), "utf8")).split("\n").length - 1;
    };
    expect([await times(), await times()]).toEqual([1, 1]);
    await writeFile(join(folder, "out/local.mk"), "FOO_OVERRIDE_SRCDIR = /srv/foo\n");
    expect([await times(), await times()]).toEqual([2, 2]);
    await writeFile(join(folder, "out/local.mk"), "FOO_OVERRIDE_SRCDIR = /srv/other\n");
    expect([await times(), await times()]).toEqual([3, 3]);
    const kept = join(folder, "out/ipa-br/show-info.json");
    await writeFile(kept, (await readFile(kept, "utf8")).slice(0, -20));
    expect([await times(), await times()]).toEqual([4, 4]);
    await writeFile(join(folder, "out/.config"), "BR2_SMALL=n\n");
    expect(await times()).toBe(5);
  });
});
