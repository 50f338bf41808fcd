import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { auditImage, auditText, type AuditReport } from "../../src/index.js";
import { auditOf, contract, distribution, goodImage, kernelConfig, without, words } from "../support/audit.js";
import { env, imageFile, pack } from "../support/image.js";
import { newcArchive } from "../support/newc.js";

const optional = "warning: mstflint is missing";

describe("auditImage", () => {
  it("passes an image that has what the agent needs", async () => {
    const report = await auditOf(goodImage);
    expect(words(report)).toEqual([optional]);
    expect(report).toMatchObject({
      passed: true,
      agentVersion: "13.0.0",
      collectors: ["default", "logs", "pci-devices"],
      segments: [{ compression: "none", offset: 0 }],
    });
    expect(report.counts.find(({ area }) => area === "executable")).toEqual({
      area: "executable",
      checked: 3,
      good: 2,
    });
  });

  it("names what is missing by tier, and the symbol that brings it", async () => {
    const report = await auditOf(without("usr/bin/lsblk"));
    expect(report.passed).toBe(false);
    expect(report.findings[0]).toEqual({
      ...{ area: "executable", severity: "error", name: "lsblk", problem: "is missing" },
      ...{ symbols: ["BR2_PACKAGE_UTIL_LINUX_BINARIES"], group: "boot", note: "with --json" },
    });
    const tolerated = await auditOf(without("usr/bin/ip"));
    expect([tolerated.passed, words(tolerated)]).toEqual([true, ["warning: ip is missing", optional]]);
  });

  it("tells a program from something that looks like one", async () => {
    const rest = without("usr/bin/lsblk");
    const busybox = { name: "usr/bin/busybox", kind: "program", data: "elf", inode: 9 } as const;
    const cases = [
      [[{ name: "usr/bin/lsblk", data: "elf" }], "error: lsblk /usr/bin/lsblk is not executable"],
      [
        [{ name: "usr/bin/lsblk", kind: "link", data: "nothing" }],
        "error: lsblk /usr/bin/lsblk is a link to nothing, which is missing",
      ],
      [
        [busybox, { name: "usr/bin/lsblk", kind: "link", data: "../../bin/busybox" }],
        "error: lsblk /usr/bin/lsblk is BusyBox's, which lacks --json",
      ],
      [
        [busybox, { name: "usr/bin/lsblk", kind: "program", inode: 9 }],
        "error: lsblk /usr/bin/lsblk is BusyBox's, which lacks --json",
      ],
    ] as const;
    for (const [entries, expected] of cases) {
      expect(words(await auditOf([...rest, ...entries]))).toEqual([expected, optional]);
    }
  });

  it("walks the closure of the agent's distributions", async () => {
    expect(words(await auditOf(without("pyyaml-")))).toEqual([
      "error: pyyaml is missing, and oslo-config requires it",
      optional,
    ]);
    const noPbr = await auditOf(without("pbr-"));
    expect(noPbr.findings[0]).toMatchObject({
      problem: "is missing, and ironic-python-agent, oslo-config requires it",
      symbols: ["BR2_PACKAGE_PYTHON_PBR_RUNTIME"],
    });
    expect(words(await auditOf(without("site-packages/yaml")))).toEqual([
      "error: pyyaml is listed as installed, but its modules are missing: yaml, _yaml",
      optional,
    ]);
    const old = [...without("oslo_config-"), ...distribution("oslo.config", "9.0.0", { requires: ["pyyaml"] })];
    expect(words(await auditOf(old))).toEqual([
      optional,
      "warning: oslo.config is version 9.0.0, and ironic-python-agent requires >=9.7.1",
    ]);
  });

  it("misses the agent, its starter, and modules of the interpreter", async () => {
    expect(words(await auditOf(without("ironic_python_agent-13")))).toEqual([
      "error: ironic-python-agent is in none of the image's Python folders",
      optional,
    ]);
    expect(words(await auditOf(without("bin/ironic-python-agent")))).toContain(
      "warning: ironic-python-agent has no program that starts it",
    );
    const report = await auditOf([...without("lib-dynload"), { name: "usr/bin/python3.11", kind: "program" }]);
    expect(report.findings.slice(0, 2)).toMatchObject([
      { name: "_ssl", problem: "is no module of the interpreter", symbols: ["BR2_PACKAGE_PYTHON3_SSL"] },
      { name: "zlib", symbols: ["BR2_PACKAGE_PYTHON3_ZLIB"] },
    ]);
  });

  it("knows when pyudev will not find its library", async () => {
    const pyudev = distribution("pyudev", "0.24.4");
    const loader = (text: string) => ({
      name: "usr/lib/python3.11/site-packages/pyudev/_ctypeslib/utils.pyc",
      data: text,
    });
    const found = (report: Parameters<typeof words>[0]) => words(report).some((line) => line.includes("libudev"));
    expect(found(await auditOf([...goodImage, ...pyudev, loader("find_library")]))).toBe(true);
    expect(found(await auditOf([...goodImage, ...pyudev, loader("cdll LoadLibrary")]))).toBe(false);
    const ldconfig = { name: "sbin/ldconfig", kind: "program" } as const;
    expect(found(await auditOf([...goodImage, ...pyudev, loader("find_library"), ldconfig]))).toBe(false);
  });

  it("misses collectors and managers", async () => {
    const bare = [
      ...without("ironic_python_agent-13"),
      ...distribution("ironic-python-agent", "13.0.0", {
        entryPoints: "[ironic_python_agent.inspector.collectors]\ndefault = x:y\n",
      }),
    ];
    expect(words(await auditOf(bare))).toEqual([
      "error: logs is called by default, and the image has no such collector",
      "error: ironic_python_agent.hardware_managers the image has no hardware manager: its distribution has no entry points",
      "error: ironic_python_agent.extensions the image has no extension: its distribution has no entry points",
      optional,
    ]);
  });

  it("misses the program of a collector that somebody names, and the collectors that the image's own files name", async () => {
    const file = (value: string) => [
      ...goodImage,
      { name: "etc/ironic-python-agent.d/site.conf", data: `[DEFAULT]\ninspection_collectors = ${value}\n` },
    ];
    const place = "/etc/ironic-python-agent.d/site.conf";
    const of = (report: AuditReport, wanted: string) =>
      report.findings
        .filter(({ area }) => area === wanted)
        .map(({ severity, name, problem, symbols }) => [severity, name, problem, symbols]);
    const named = await auditOf(file('"default, pci-devices,nothing"'));
    expect(of(named, "collector")).toEqual([
      [
        ...["error", "pci-devices", `is called by ${place}, and the program lspci that it runs is missing`],
        ["BR2_PACKAGE_PCIUTILS"],
      ],
      ["error", "nothing", `is called by ${place}, and the image has no such collector`, []],
    ]);
    const lspci = { name: "usr/sbin/lspci", kind: "program", data: "elf" } as const;
    expect(of(await auditOf([...file("default,pci-devices"), lspci]), "collector")).toEqual([]);

    const commandLine = "ipa-inspection-collectors=default,pci-devices";
    expect(of(await auditOf(goodImage, { commandLine }), "command line")).toEqual([
      [
        ...["error", "ipa-inspection-collectors"],
        "names the collector pci-devices, and the program lspci that it runs is missing",
        ["BR2_PACKAGE_PCIUTILS"],
      ],
    ]);
    expect((await auditOf([...goodImage, lspci], { commandLine })).passed).toBe(true);
  });

  it("tells an override from the same value written otherwise", async () => {
    const line =
      "ipa-insecure=1 ipa-api-url=http://10.0.2.2:6385 ipa-inspection-collectors=default,logs ipa-ntp-server=a";
    const data =
      "insecure = True\napi_url = 'http://10.0.2.2:6385'\ninspection_collectors = default, logs\nntp_server = b\n";
    const files = [...goodImage, { name: "etc/ironic-python-agent.d/site.conf", data }];
    const report = await auditOf(files, { commandLine: line });
    expect(words(report).filter((text) => text.includes("overridden"))).toEqual([
      "warning: ipa-ntp-server is overridden by /etc/ironic-python-agent.d/site.conf: ntp_server = b",
    ]);
  });

  it("checks the command line against the image", async () => {
    const commandLine =
      "ipa-api-url=http://10.0.2.2:6385 ipa-inspection-collectors=default,pci-device ipa-debug=1 ipa-listen-port=80";
    const configured = [
      ...goodImage,
      {
        name: "etc/ironic-python-agent.d/local.conf",
        data: "# api_url = x\n[DEFAULT]\nlisten_port = 9998\n[other]\napi_url = y\n",
      },
    ];
    const report = await auditOf(configured, { commandLine });
    expect(
      report.findings
        .filter(({ area }) => area === "command line")
        .map(({ name, problem, note }) => [name, problem, note]),
    ).toEqual([
      [
        "ipa-inspection-collectors",
        "names the collector pci-device, which the image lacks",
        "did you mean pci-devices?",
      ],
      ["ipa-debug", "is unknown to the image's agent, version 13.0.0", undefined],
      [
        "ipa-listen-port",
        "is overridden by /etc/ironic-python-agent.d/local.conf: listen_port = 9998",
        "configuration files win over the command line",
      ],
    ]);
  });

  it("asks whether the kernel unpacks it, and finds something to start", async (context) => {
    expect(words(await auditOf(goodImage.slice(1)))[0]).toBe(
      "error: /init is missing: the kernel takes the archive for no root file system",
    );
    const link = { name: "init", kind: "link", data: "lib/systemd/systemd" } as const;
    expect(words(await auditOf([link, ...goodImage.slice(1)]))[0]).toBe(
      "error: /init is a link to lib/systemd/systemd, which is missing",
    );
    const archive = newcArchive(goodImage);
    const config = await imageFile(kernelConfig, ".config");
    const gzipped = await auditImage({
      initramfs: await imageFile(gzipSync(archive)),
      contract,
      env,
      kernelConfig: config,
    });
    expect(words(gzipped)[0]).toBe("error: CONFIG_RD_GZIP is not set, and the initramfs is packed by gzip");
    const xz = pack(context, "xz", archive);
    expect(xz[7]).toBe(1);
    expect(words(await auditImage({ initramfs: await imageFile(xz), contract, env }))).not.toContain("the initramfs");
  });

  it("reads as text", async () => {
    const text = auditText(await auditOf(without("usr/bin/lsblk"), { config: "CONFIG_PACKET=m\n" }));
    expect(text.replaceAll(/\/\S+\//g, "")).toMatchInlineSnapshot(`
      "rootfs.cpio: 28 files, 0.0 MiB (plain)
      agent: 13.0.0; collectors: default, logs, pci-devices
      kernel's .config: .config
      image: 1 of 1 as they should be
      executables: 1 of 3 as they should be
      Python: 7 of 7 as they should be
      collectors: 4 of 4 as they should be
      kernel options: 0 of 3 as they should be
      error: lsblk is missing (boot)
          BR2_PACKAGE_UTIL_LINUX_BINARIES; with --json
      error: CONFIG_PACKET is a module (af_packet), which the image lacks (network)
          BR2_LINUX_KERNEL_CONFIG_FRAGMENT_FILES
      warning: mstflint is missing (optional)
      warning: CONFIG_VIRTIO_NET is not set (virtual machine)
          BR2_LINUX_KERNEL_CONFIG_FRAGMENT_FILES
      warning: CONFIG_BLK_DEV_NVME is not set (disk)
          BR2_LINUX_KERNEL_CONFIG_FRAGMENT_FILES
      FAILED: 2 errors, 3 warnings, 0 unknown
      "
    `);
  });
});
