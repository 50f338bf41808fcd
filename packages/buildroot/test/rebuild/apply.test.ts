import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, rm, utimes } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Buildroot, BuildrootEvent } from "../../src/index.js";
import { rejection } from "../support/errors.js";
import { smallBuildroot, writeTree } from "../support/small-tree.js";
import { temporaryFolder } from "../support/temporary.js";

const info = {
  a: {
    type: "target",
    name: "a",
    version: "1",
    dl_dir: "a",
    hashes: ["a.hash"],
    downloads: [{ source: "a-1.tar", uris: ["https+https://a.example"] }],
    package_dir: "package/a",
    stamp_dir: "build/a-1",
    dependencies: [],
    reverse_dependencies: [],
  },
};

/** A tree with one package that has options, a .config of its own and a source; O/done tells what make did. */
async function prepare(events: BuildrootEvent[] = []): Promise<Buildroot> {
  const tree = await smallBuildroot(
    await temporaryFolder(),
    `	@[ ! -e $(O)/fail ] || exit 1
	@mkdir -p $(O)/build/a-1; [ -e $(O)/build/a-1/.stamp_built ] || echo built >> $(O)/done
	@cd $(O)/build/a-1; touch .stamp_extracted .stamp_dotconfig .config .stamp_kconfig_fixup_done .stamp_built

a-dirclean:
	@echo dirclean >> $(O)/done; rm -r $(O)/build/a-1

a-clean-for-reconfigure:
	@echo reconfigure >> $(O)/done; rm $(O)/build/a-1/.stamp_built

show-info:
	@echo '${JSON.stringify(info)}'
`,
    { onEvent: (event) => void events.push(event) },
  );
  await writeTree(tree.buildroot, {
    "a.hash": `sha256 ${createHash("sha256").update("a").digest("hex")} a-1.tar\n`,
    "dl/a/a-1.tar": "a",
    "Config.in": 'source "package/a/Config.in"\n',
    "package/a/Config.in": 'config BR2_A_VERSION\n\tstring "v"\nconfig BR2_A_CONFIG\n\tstring "c"\n',
    "package/a/a.mk": "A = $(BR2_A_VERSION) $(BR2_A_CONFIG)\n$(eval $(kconfig-package))\n",
  });
  await tree.configure({ defconfig: "small" });
  await tree.build().result;
  return tree;
}

const done = async (tree: Buildroot): Promise<string> => {
  const text = await readFile(join(tree.output, "done"), "utf8");
  await rm(join(tree.output, "done"));
  return text.trim().replaceAll("\n", " ");
};

describe("making anew what is out of date", { timeout: 60_000 }, () => {
  it("is done once, though the build fails after it", async () => {
    const tree = await prepare();
    await done(tree);
    await tree.configure({ set: { BR2_A_VERSION: "2" } });
    await writeTree(tree.output, { fail: "" });
    expect((await rejection(tree.build().result)).code).toBe("BUILD_FAILED");
    await rm(join(tree.output, "fail"));
    expect((await tree.rebuildAdvice()).level).toBe("nothing");
    await tree.build().result;
    expect(await done(tree)).toBe("dirclean built");
  });

  it("does not take away what cannot be had again", async () => {
    const tree = await prepare();
    await tree.configure({ set: { BR2_A_VERSION: "2" } });
    await rm(join(tree.buildroot, "dl/a/a-1.tar"));
    const error = await rejection(tree.build({ offline: true }).result);
    expect(error.code).toBe("SOURCES_MISSING");
    expect(error.message).toContain("a-1.tar (a)");
    expect(existsSync(join(tree.output, "build/a-1/.stamp_built"))).toBe(true);
  });

  it("does not throw an edited configuration away that nobody has saved", async () => {
    const tree = await prepare();
    await done(tree);
    const path = join(tree.output, "build/a-1");
    // linux-menuconfig ends with the fixups, when somebody has looked at the menus for a while.
    const soon = Date.now() / 1000 + 300;
    for (const name of [".config", ".stamp_kconfig_fixup_done"]) await utimes(join(path, name), soon, soon);
    await writeTree(tree.output, { "a.config": "X=y\n" });
    await tree.configure({ set: { BR2_A_CONFIG: join(tree.output, "a.config") } });
    const [advised] = (await tree.rebuildAdvice()).packages;
    expect(advised).toEqual({ package: "a", action: "reconfigure", loses: join(path, ".config") });
    const error = await rejection(tree.build().result);
    expect(error.code).toBe("REBUILD_NEEDED");
    expect(error.message).toContain(join(path, ".config"));
    // Saved since.
    await utimes(join(tree.output, "a.config"), soon + 1, soon + 1);
    expect((await tree.rebuildAdvice()).packages).toEqual([{ package: "a", action: "reconfigure" }]);
    await tree.build().result;
    expect(await done(tree)).toBe("reconfigure built");
  });

  it("by hand counts, too", async () => {
    const events: BuildrootEvent[] = [];
    const tree = await prepare(events);
    await tree.configure({ set: { BR2_A_VERSION: "2" } });
    await tree.build({ rebuild: "none" }).result;
    expect(events).toContainEqual(expect.objectContaining({ type: "warning", code: "REBUILD_OWED" }));
    expect((await tree.rebuildAdvice()).level).toBe("packages");
    await tree.make({ targets: ["a-dirclean", "all"] });
    const later = Date.now() / 1000 + 5;
    await writeTree(tree.output, { "build/a-1/.stamp_patched": "" });
    await utimes(join(tree.output, "build/a-1/.stamp_patched"), later, later);
    expect((await tree.rebuildAdvice()).level).toBe("nothing");
  });
});
