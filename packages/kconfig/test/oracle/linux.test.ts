import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createConfiguration, dialects, loadTree, type KconfigHost, type KconfigTree } from "../../src/index.js";
import { nodeHost } from "../../src/node.js";
import { LinuxOracle, linuxTrees, linuxVersion, missingForLinux } from "../support/linux-oracle.js";

const architecture = process.env["KCONFIG_LINUX_ARCH"] ?? "x86";
const defconfigs = (process.env["KCONFIG_LINUX_DEFCONFIGS"] ?? "x86_64_defconfig").split(",");

/** A host that runs every command once. */
function caching(host: KconfigHost): KconfigHost {
  const answers = new Map<string, ReturnType<NonNullable<KconfigHost["shell"]>>>();
  return {
    ...host,
    shell(command) {
      const answer = answers.get(command) ?? host.shell!(command);
      answers.set(command, answer);
      return answer;
    },
  };
}

for (const path of linuxTrees.length === 0 ? [undefined] : linuxTrees) {
  const missing = missingForLinux(path);
  const version = missing === undefined ? linuxVersion(path!) : "";
  describe(`Linux ${version}, against its own C tool`, { timeout: 300_000 }, () => {
    let oracle: LinuxOracle;
    let tree: KconfigTree;

    beforeAll(() => {
      if (missing !== undefined) return;
      oracle = new LinuxOracle(path!, architecture);
      const dialect = version === "6.1" ? dialects["linux-6.1"] : dialects["linux-6.12"];
      const host = caching(nodeHost({ shell: { env: oracle.env, cwd: path! } }));
      tree = loadTree({ root: join(path!, "Kconfig"), host, dialect, env: oracle.env });
    }, 300_000);
    afterAll(() => oracle?.remove());

    it("reads the tree without an error", (context) => {
      context.skip(missing !== undefined, missing);
      expect(tree.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    });

    for (const target of ["alldefconfig", "allnoconfig", "allyesconfig", "allmodconfig", ...defconfigs]) {
      it(`writes the files of ${target} byte for byte`, (context) => {
        context.skip(missing !== undefined, missing);
        const configuration = createConfiguration(tree);
        const preset = /^all(no|yes|mod|def)config$/.exec(target)?.[1];
        const file = join("arch", architecture, "configs", target);
        if (preset === undefined) configuration.loadDefconfig(readFileSync(join(path!, file), "utf8"));
        else configuration.preset(preset === "def" ? "default" : (preset as "no" | "yes" | "mod"));
        const config = configuration.writeConfig();
        expect(config).toBe(oracle.run(preset === undefined ? `--defconfig=${file}` : `--${target}`));
        configuration.load(config);
        expect(configuration.writeMinimal()).toBe(oracle.minimal(config));
        configuration.load(config);
        expect(configuration.writeAutoconf()).toEqual(oracle.sync(config));
      });
    }
  });
}
