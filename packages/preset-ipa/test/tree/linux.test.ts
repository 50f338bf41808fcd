import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createConfiguration, dialects, loadTree } from "@ipa-br/kconfig";
import { nodeHost } from "@ipa-br/kconfig/node";
import { beforeAll, describe, expect, it } from "vitest";
import { agentContract, ipaPreset, kernelOptions } from "../../src/index.js";
import { root, tree } from "../support/repository.js";

const board = join(tree, "board/openstack-ipa");
const profiles: readonly (readonly [profile: string, architecture: string])[] = [
  ["vm", "x86"],
  ["server", "x86"],
  ["aarch64-vm", "arm64"],
];
const setting = /^(?:CONFIG_\w+=.*|# CONFIG_\w+ is not set)$/;

function config(profile: string): string {
  return readFileSync(join(board, `linux-${profile}.config`), "utf8");
}

function fragments(): string[] {
  return readdirSync(join(board, "linux"), { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".config"),
  );
}

it("the joined files are what merge.sh makes of the fragments", () => {
  const folder = mkdtempSync(join(tmpdir(), "preset-ipa-"));
  execFileSync(join(board, "linux/merge.sh"), [folder]);
  for (const [profile] of profiles)
    expect(readFileSync(join(folder, `linux-${profile}.config`), "utf8")).toBe(config(profile));
  expect(readdirSync(folder)).toHaveLength(profiles.length);
  rmSync(folder, { recursive: true, force: true });
});

it("every line of a fragment has its reason above it, shared by six lines at most", () => {
  const unexplained = fragments().flatMap((name) =>
    readFileSync(join(board, "linux", name), "utf8")
      .trim()
      .split("\n\n")
      .map((paragraph) => paragraph.split("\n"))
      .filter((lines) => {
        const settings = lines.filter((line) => setting.test(line));
        return setting.test(lines[0]!) || settings.length === 0 || settings.length > 6;
      })
      .map((lines) => `${name}: ${lines[0]}`),
  );
  expect(unexplained).toEqual([]);
});

it.for(profiles)("%s names no option twice", ([profile]) => {
  const names = [...config(profile).matchAll(/^(?:# )?(CONFIG_\w+)(?:=| is not set)/gm)].map((match) => match[1]);
  expect(names).toEqual([...new Set(names)]);
});

describe("the contract's options", () => {
  it.for(["vm", "server", "aarch64-vm"])(
    "are all in the configuration of profile %s, as far as it is for it",
    (profile) => {
      const lines = new Set(config(profile).split("\n"));
      const without = new Set(agentContract.profiles.without[profile]);
      const lacking = kernelOptions
        .filter(({ name, purpose }) => !without.has(name) && !without.has(purpose))
        .filter(({ name, builtIn }) => !lines.has(`${name}=y`) && (builtIn || !lines.has(`${name}=m`)));
      expect(lacking).toEqual([]);
    },
  );
});

describe("firmware", () => {
  // Buildroot's option, without its prefix, and the kernel's of the driver that asks for those files.
  const drivers: Readonly<Record<string, string>> = {
    BROADCOM_TIGON3: "TIGON3",
    BNX2: "BNX2",
    BNX2X: "BNX2X",
    CXGB4_T4: "CHELSIO_T4",
    CXGB4_T5: "CHELSIO_T4",
    CXGB4_T6: "CHELSIO_T4",
    INTEL_ICE: "ICE",
    QLOGIC_4X: "QED",
    QLOGIC_2XXX: "SCSI_QLA_FC",
    RTL_8169: "R8169",
    RTL_815X: "USB_RTL8152",
  };

  it.for(ipaPreset.profiles)("of profile $name is for drivers that its kernel has", ({ defconfig }) => {
    const text = readFileSync(join(tree, "configs", defconfig), "utf8");
    const kernel = /^BR2_LINUX_KERNEL_CUSTOM_CONFIG_FILE=".*\/linux-(.+)\.config"$/m.exec(text)?.[1];
    const lines = new Set(config(kernel!).split("\n"));
    const asked = [...text.matchAll(/^BR2_PACKAGE_LINUX_FIRMWARE_(\w+)=y$/gm)].map((match) => match[1]!);
    expect(asked.filter((name) => !lines.has(`CONFIG_${drivers[name]}=m`))).toEqual([]);
  });
});

describe("with the Kconfig files of Linux 6.12", () => {
  const archive = "/usr/src/linux-source-6.12.tar.xz";
  const folder = join(root, ".cache/preset-ipa/linux-6.12");
  const missing = existsSync(join(folder, "Kconfig"))
    ? undefined
    : existsSync(archive)
      ? undefined
      : `there is no ${archive} (Debian: apt-get install linux-source-6.12)`;

  // The archive takes half a minute to unpack, so its Kconfig files are kept.
  beforeAll(() => {
    if (missing !== undefined || existsSync(join(folder, "Kconfig"))) return;
    mkdirSync(join(folder, ".."), { recursive: true });
    const work = mkdtempSync(join(folder, "../new-"));
    const wanted = ["--wildcards", "--no-anchored", "Kconfig*", "*/scripts/*.sh"];
    execFileSync("tar", ["-xJf", archive, "-C", work, "--strip-components=1", ...wanted], { stdio: "pipe" });
    renameSync(work, folder);
  }, 300_000);

  function configured(text: string, architecture: string): Set<string> {
    const env = {
      ...{ ARCH: architecture, SRCARCH: architecture, srctree: folder, KERNELVERSION: "6.12.0", CC: "gcc", LD: "ld" },
      ...{ NM: "nm", OBJCOPY: "objcopy", AR: "ar", PYTHON3: "python3", RUSTC: "rustc", BINDGEN: "bindgen" },
      ...{ PAHOLE: "pahole", CC_VERSION_TEXT: "gcc", PATH: process.env["PATH"] },
    };
    const host = nodeHost();
    const configuration = createConfiguration(
      loadTree({ root: "Kconfig", host, dialect: dialects["linux-6.12"], env }),
    );
    configuration.load(text);
    return new Set(configuration.writeConfig().split("\n"));
  }

  it.for(profiles)("every line of %s holds", { timeout: 60_000 }, ([profile, architecture], context) => {
    context.skip(missing !== undefined, missing);
    const wanted = config(profile)
      .split("\n")
      .filter((line) => setting.test(line));
    const result = configured(`${config(profile)}CONFIG_SCSI_LPFC_NO_SUCH=y\n`, architecture);
    expect(wanted.length).toBeGreaterThan(100);
    expect([...wanted, "CONFIG_SCSI_LPFC_NO_SUCH=y"].filter((line) => !result.has(line))).toEqual([
      "CONFIG_SCSI_LPFC_NO_SUCH=y",
    ]);
  });
});
