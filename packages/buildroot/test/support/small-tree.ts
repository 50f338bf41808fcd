import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { openBuildroot, type BuildHost, type Buildroot, type BuildrootEvent } from "../../src/index.js";
import { env } from "./programs.js";

/** Writes files below a folder. */
export async function writeTree(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}

/** What every small tree of ours answers: a version, a list, a configuration that keeps what BR2_* says. */
const head = `BR2_VERSION := 2026.02.3
.PHONY: all list-defconfigs olddefconfig savedefconfig clean
MAKEFLAGS += --no-print-directory
`;
const contract = `
list-defconfigs:
	@echo 'Built-in configs:'; cd configs && for c in *_defconfig; do printf '  %-35s - Build for x\\n' $$c; done

olddefconfig:
	@mv $(O)/.config $(O)/.config.old; grep -v NO_SUCH $(O)/.config.old > $(O)/.config

savedefconfig:
	@grep -v '^#' $(O)/.config > $(BR2_DEFCONFIG)

clean:
	rm -rf $(O)/build $(O)/images
`;
/** For a test that has no variables of its own to tell. */
const noVariables = `
show-vars:
	@echo '{}'
`;

/** A tree with real make and rules of the test's own; quicker than Buildroot, with the same manners. */
export async function smallBuildroot(
  folder: string,
  rules: string,
  options: { readonly onEvent?: (event: BuildrootEvent) => void; readonly host?: BuildHost } = {},
): Promise<Buildroot> {
  const path = join(folder, "small");
  await writeTree(path, {
    Makefile: `${head}all:\n${rules}\n${contract}${/^show-vars:/m.test(rules) ? "" : noVariables}`,
    "Config.in": 'config BR2_TEXT\n\tstring "text"\nconfig BR2_JLEVEL\n\tint "jobs"\n',
    "configs/small_defconfig": 'BR2_SMALL=y\nBR2_TEXT="x"\n',
  });
  return openBuildroot({ buildroot: path, output: join(folder, "out"), env, ...options });
}
