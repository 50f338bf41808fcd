import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { agentTools, ipaPreset, pythonSymbols } from "../../src/index.js";
import { RealBuildroot } from "../support/real-buildroot.js";
import { noBuildroot, tree } from "../support/repository.js";

const defconfigs = readdirSync(join(tree, "configs")).sort();

function read(name: string): string {
  return readFileSync(join(tree, "configs", name), "utf8");
}

describe("with real Buildroot", { timeout: 600_000 }, () => {
  const real = new RealBuildroot();
  afterAll(() => real.remove());

  it.for(defconfigs)("%s configures with no line dropped, and savedefconfig gives it back", (name, context) => {
    context.skip(noBuildroot !== undefined, noBuildroot);
    const config = real.configure(read(name));
    const wanted = read(name).split("\n");
    expect(wanted.filter((line) => line !== "" && !config.has(line))).toEqual([]);
    expect(real.save()).toBe(read(name));
  });

  it.for(ipaPreset.profiles.map(({ defconfig }) => defconfig))(
    "%s brings the agent and every executable that it needs",
    (name, context) => {
      context.skip(noBuildroot !== undefined, noBuildroot);
      const config = real.configure(read(name));
      const needed = agentTools
        .filter((tool) => tool.tier !== "optional")
        .filter((tool) => tool.name !== "biosdevname" || config.has("BR2_x86_64=y"))
        .flatMap((tool) => tool.symbols);
      const symbols = ["BR2_PACKAGE_PYTHON_IRONIC_PYTHON_AGENT", ...needed, ...pythonSymbols];
      expect(symbols.filter((symbol) => !config.has(`${symbol}=y`))).toEqual([]);
    },
  );

  const settings: readonly (readonly [what: string, defconfig: string, expected: readonly string[]])[] = [
    ["production", "BR2_IPA_BR_LOGIN_PRODUCTION=y\n", ['BR2_IPA_BR_VARIANT="production"']],
    [
      "another tarball of the agent",
      'BR2_PACKAGE_PYTHON_IRONIC_PYTHON_AGENT_CUSTOM_TARBALL=y\nBR2_PACKAGE_PYTHON_IRONIC_PYTHON_AGENT_CUSTOM_TARBALL_LOCATION="https://example.org/a/agent-13.1.tar.gz"\n',
      ['BR2_PACKAGE_PYTHON_IRONIC_PYTHON_AGENT_REPORTED_VERSION="13.0.0"'],
    ],
    ["a folder of additions", 'BR2_IPA_BR_USER_DIR="/srv/ipa"\n', []],
  ];
  it.for(settings)("a configuration with %s holds", ([, lines, expected], context) => {
    context.skip(noBuildroot !== undefined, noBuildroot);
    const config = real.configure(read("openstack_ipa_vm_defconfig") + lines);
    expect(
      [...lines.split("\n").filter((line) => line !== ""), ...expected].filter((line) => !config.has(line)),
    ).toEqual([]);
  });

  it("the settings reach the agent's package and the scripts; another release's name stops make", (context) => {
    context.skip(noBuildroot !== undefined, noBuildroot);
    const custom = `${read("openstack_ipa_vm_defconfig")}BR2_PACKAGE_PYTHON_IRONIC_PYTHON_AGENT_CUSTOM_TARBALL=y
BR2_PACKAGE_PYTHON_IRONIC_PYTHON_AGENT_CUSTOM_TARBALL_LOCATION="https://example.org/a/agent-13.1.tar.gz"
BR2_PACKAGE_PYTHON_IRONIC_PYTHON_AGENT_REPORTED_VERSION="13.1.0"
BR2_IPA_BR_USER_DIR="$(BR2_EXTERNAL_IPA_BR_PATH)/board"
`;
    real.configure(custom);
    const names = ["SOURCE", "SITE", "ENV"].map((name) => `PYTHON_IRONIC_PYTHON_AGENT_${name}`);
    const shown = real.make("-s", "printvars", `VARS=${[...names, "IPA_BR_USER_DIR"].join(" ")}`);
    expect(shown).toContain("PYTHON_IRONIC_PYTHON_AGENT_SOURCE=agent-13.1.tar.gz\n");
    expect(shown).toContain("PYTHON_IRONIC_PYTHON_AGENT_SITE=https://example.org/a\n");
    expect(shown).toContain('PBR_VERSION="13.1.0"');
    expect(shown).toContain(`IPA_BR_USER_DIR=${tree}/board\n`);

    real.configure(`${custom}BR2_IPA_BR_REQUIREMENTS_RELEASE="2027.1"\n`);
    expect(() => real.make("-s", "printvars", "VARS=BR2_ARCH")).toThrow(
      /ipa-br python update --release 2027\.1 --write/,
    );
  });
});
