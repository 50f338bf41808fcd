import { kernelOptions } from "./kernel.js";
import { pythonSymbols } from "./python.js";
import { agentTools } from "./tools.js";
import type { AgentContract } from "./types.js";

/** What the agent needs of its image. */
export const agentContract: AgentContract = {
  tools: agentTools,
  kernelOptions,
  pythonSymbols,
  // An external tree's package of pbr for the target cannot bear the name that Buildroot's for the host has.
  pythonPackages: { pbr: "BR2_PACKAGE_PYTHON_PBR_RUNTIME" },
};
