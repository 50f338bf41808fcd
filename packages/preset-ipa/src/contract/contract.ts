import { kernelOptions } from "./kernel.js";
import { pythonSymbols } from "./python.js";
import { agentCollectors } from "./collectors.js";
import { agentTools } from "./tools.js";
import { adjustments } from "../python/adjustments.js";
import type { AgentContract, KernelPurpose } from "./types.js";

/** What a virtual machine does not have. */
const serverHardware: readonly KernelPurpose[] = ["server network", "hardware RAID"];

/** What only PCs have, and the cards that QEMU gives to them. */
const ofPcs: readonly string[] = [
  "IPMI" satisfies KernelPurpose,
  ...["SERIAL_8250_CONSOLE", "VGA_CONSOLE", "ISCSI_IBFT", "E1000", "E1000E"].map((name) => `CONFIG_${name}`),
];

/** What the generated packages leave out of their projects' requirements. */
const pythonNotNeeded: Record<string, string[]> = {};
for (const adjustment of adjustments)
  if (adjustment.kind === "without") (pythonNotNeeded[adjustment.project] ??= []).push(adjustment.requirement);

/** What the agent needs of its image. */
export const agentContract: AgentContract = {
  tools: agentTools,
  kernelOptions,
  pythonSymbols,
  // An external tree's package of pbr for the target cannot bear the name that Buildroot's for the host has.
  pythonPackages: { pbr: "BR2_PACKAGE_PYTHON_PBR_RUNTIME" },
  pythonNotNeeded,
  collectors: agentCollectors,
  profiles: {
    file: "etc/ipa-br-release",
    without: { vm: serverHardware, "aarch64-vm": [...serverHardware, ...ofPcs] },
  },
};
