import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

/** Packages that are built side by side; each is at it until its file is there. */
export const packages = ["alpha", "beta", "gamma"] as const;

const makefile = `BR2_VERSION := 2026.02.3
MAKEFLAGS += --no-print-directory
tell = for script in $(BR2_INSTRUMENTATION_SCRIPTS); do $$script $(1) $(2) $@; done
wait = until test -e $(O)/go-$(1); do sleep 0.05; done
.PHONY: all ${packages.join(" ")} broken list-defconfigs olddefconfig show-info
all: ${packages.join(" ")}
	@echo '>>>   Finalizing target directory'
	@$(call wait,images)
	@mkdir -p $(O)/images && echo image > $(O)/images/rootfs.cpio
${packages.join(" ")}:
	@$(call tell,start,build)
	@echo '>>> $@ 1.0 Building'
	@$(call wait,$@)
	@$(call tell,end,build)
	@$(call tell,start,install-target)
	@echo '>>> $@ 1.0 Installing to target'
	@$(call tell,end,install-target)
broken:
	@echo '>>> broken 1.0 Building'
	@echo "broken.c:3:9: error: 'missing' undeclared"; exit 1
list-defconfigs:
	@echo 'Built-in configs:'; echo '  parallel_defconfig - Build for x'
olddefconfig:
	@sed -i '/NO_SUCH/d' $(O)/.config
show-info:
	@cat $(TOP)info.json
TOP := $(dir $(lastword $(MAKEFILE_LIST)))
`;

const info = Object.fromEntries(
  packages.map((name) => [
    name,
    { type: "target", name, version: "1.0", install_target: true, stamp_dir: `build/${name}-1.0` },
  ]),
);

export interface ParallelTree {
  /** The options that name the tree and its output folder. */
  readonly where: readonly string[];
  readonly output: string;
  /** Lets a package, or the images, go on. */
  release(name: (typeof packages)[number] | "images"): void;
  releaseAll(): void;
}

/** A tree with real make whose packages are built in parallel, for as long as a test wants. */
export function parallelTree(folder: string): ParallelTree {
  const tree = join(folder, "tree");
  const output = join(folder, "output");
  const files = {
    Makefile: makefile,
    "Config.in": `config BR2_PER_PACKAGE_DIRECTORIES
	bool "per package"

config BR2_JLEVEL
	int "jobs"
	default 1

config BR2_ROOTFS_OVERLAY
	string "overlay"
`,
    "configs/parallel_defconfig": "BR2_PER_PACKAGE_DIRECTORIES=y\n",
    "info.json": JSON.stringify(info),
    "external/external.desc": "name: NOTHING\ndesc: nothing\n",
    "external/external.mk": "",
    "external/Config.in": "",
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(tree, name)), { recursive: true });
    writeFileSync(join(tree, name), text);
  }
  const release: ParallelTree["release"] = (name) => {
    if (existsSync(folder)) {
      mkdirSync(output, { recursive: true });
      writeFileSync(join(output, `go-${name}`), "");
    }
  };
  const releaseAll = (): void => [...packages, "images" as const].forEach(release);
  // A recipe that still waits ends, whatever became of its driver.
  onTestFinished(releaseAll);
  return {
    where: ["--buildroot", tree, "--external", join(tree, "external"), "--output", output],
    output,
    release,
    releaseAll,
  };
}
