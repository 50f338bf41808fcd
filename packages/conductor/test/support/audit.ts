import { auditImage, type AgentContract, type AuditOptions, type AuditReport } from "../../src/index.js";
import { env, imageFile } from "./image.js";
import { newcArchive, type ArchiveEntry } from "./newc.js";

/** A small contract: enough of each kind. */
export const contract: AgentContract = {
  tools: [
    {
      name: "lsblk",
      tier: "boot",
      symbols: ["BR2_PACKAGE_UTIL_LINUX_BINARIES"],
      busyboxLacks: "--json",
      note: "with --json",
    },
    { name: "ip", tier: "boot-tolerated", symbols: ["BR2_PACKAGE_IPROUTE2"] },
    { name: "mstflint", tier: "optional", symbols: [] },
  ],
  kernelOptions: [
    { name: "CONFIG_PACKET", purpose: "network", builtIn: true },
    { name: "CONFIG_VIRTIO_NET", purpose: "virtual machine", builtIn: true },
    { name: "CONFIG_BLK_DEV_NVME", purpose: "disk", builtIn: false },
  ],
  pythonSymbols: ["BR2_PACKAGE_PYTHON3", "BR2_PACKAGE_PYTHON3_SSL", "BR2_PACKAGE_PYTHON3_ZLIB"],
  pythonPackages: { pbr: "BR2_PACKAGE_PYTHON_PBR_RUNTIME" },
  pythonNotNeeded: { pbr: ["setuptools"] },
  collectors: {
    "pci-devices": { program: "lspci", symbols: ["BR2_PACKAGE_PCIUTILS"], note: "a program of its own" },
  },
  profiles: { file: "etc/image-release", without: { small: ["disk", "CONFIG_VIRTIO_NET"] } },
};

const site = "usr/lib/python3.11/site-packages";

/** A distribution that is installed: its metadata, and a module unless none is wanted. */
export function distribution(
  name: string,
  version: string,
  more: { requires?: readonly string[]; entryPoints?: string; module?: string | undefined; record?: string } = {},
): readonly ArchiveEntry[] {
  const { requires = [], entryPoints = "" } = more;
  const module = "module" in more ? more.module : name.replaceAll(/[-.]/g, "_");
  const info = `${site}/${name.replaceAll(/[-.]/g, "_")}-${version}.dist-info`;
  const metadata = ["Metadata-Version: 2.1", `Name: ${name}`, `Version: ${version}`];
  const lines = [
    ...metadata,
    ...requires.map((text) => `Requires-Dist: ${text}`),
    "",
    "Requires-Dist: none, a description",
  ];
  return [
    { name: `${info}/METADATA`, data: lines.join("\n") },
    {
      name: `${info}/RECORD`,
      data: more.record ?? `${name.replaceAll(/[-.]/g, "_")}/__init__.py,,\n${info}/METADATA,,\n`,
    },
    { name: `${info}/entry_points.txt`, data: entryPoints },
    ...(module === undefined
      ? []
      : [{ name: `${site}/${module}`, kind: "folder" as const }, { name: `${site}/${module}/__init__.pyc` }]),
  ];
}

export const agentEntryPoints = `[console_scripts]
ironic-python-agent = ironic_python_agent.cmd.agent:run

[ironic_python_agent.extensions]
clean = ironic_python_agent.extensions.clean:CleanExtension
[ironic_python_agent.hardware_managers]
generic = ironic_python_agent.hardware:GenericHardwareManager
[ironic_python_agent.inspector.collectors]
default = ironic_python_agent.inspector:collect_default
logs = ironic_python_agent.inspector:collect_logs
pci-devices = ironic_python_agent.inspector:collect_pci_devices_info
`;

/** An image that lacks nothing of the contract but mstflint. */
export const goodImage: readonly ArchiveEntry[] = [
  { name: "init", kind: "program", data: "#!/bin/sh" },
  { name: "usr/bin", kind: "folder" },
  { name: "bin", kind: "link", data: "usr/bin" },
  { name: "usr/bin/lsblk", kind: "program", data: "elf" },
  { name: "usr/bin/ip", kind: "program", data: "elf" },
  { name: "usr/bin/python3.11", kind: "program", data: "elf PyInit_zlib\0PyInit_zlibs" },
  { name: "usr/lib/python3.11/lib-dynload/_ssl.cpython-311-x86_64-linux-gnu.so", data: "elf" },
  { name: "usr/bin/ironic-python-agent", kind: "program", data: "#!/usr/bin/python3" },
  { name: `${site}/ironic_python_agent/config.pyc`, data: "ipa-api-url ipa-inspection-collectors ipa-listen-port" },
  ...distribution("ironic-python-agent", "13.0.0", {
    requires: ["pbr>=6.0.0", "oslo.config>=9.7.1", 'tomli>=1; python_version < "3.11"', 'mock; extra == "test"'],
    entryPoints: agentEntryPoints,
  }),
  ...distribution("oslo.config", "10.7.0", { requires: ["PyYAML (>=5.1)", "pbr!=2.1.0,>=2.0.0"] }),
  ...distribution("pbr", "7.0.3", { requires: ["setuptools"] }),
  ...distribution("pyyaml", "6.0.3", { module: "yaml", record: "yaml/__init__.py,sha256=x,1\n_yaml/__init__.py,,\n" }),
];

export const kernelConfig = "CONFIG_PACKET=y\nCONFIG_VIRTIO_NET=y\nCONFIG_BLK_DEV_NVME=y\n# CONFIG_X is not set\n";

/** Audits an image made of these entries. */
export async function auditOf(
  entries: readonly ArchiveEntry[],
  more: Partial<AuditOptions> & { config?: string | undefined } = {},
): Promise<AuditReport> {
  const { config = kernelConfig, ...options } = more;
  const initramfs = await imageFile(newcArchive(entries));
  const file = config === "" ? {} : { kernelConfig: await imageFile(config, ".config") };
  return auditImage({ initramfs, contract, env, ...file, ...options });
}

/** The image without the files whose path has this text. */
export const without = (text: string): readonly ArchiveEntry[] => goodImage.filter(({ name }) => !name.includes(text));

/** Findings as `severity: name problem`. */
export const words = ({ findings }: AuditReport): readonly string[] =>
  findings.map(({ severity, name, problem }) => `${severity}: ${name} ${problem}`);
