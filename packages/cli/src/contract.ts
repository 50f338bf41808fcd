import type { AgentContract } from "@ipa-br/conductor";
import { agentTools, kernelOptions, pythonSymbols } from "@ipa-br/preset-ipa";

/** What the agent needs of its image, as the preset has it. */
export const agentContract: AgentContract = {
  tools: agentTools,
  kernelOptions,
  pythonSymbols,
  // Buildroot has a package of pbr for the host, so that the target's bears another name
  pythonPackages: { pbr: "BR2_PACKAGE_PYTHON_PBR_RUNTIME" },
};
