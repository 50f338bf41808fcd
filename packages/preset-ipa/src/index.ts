export { kernelOptions } from "./contract/kernel.js";
export { pythonSymbols } from "./contract/python.js";
export { agentTools } from "./contract/tools.js";
export { PresetError } from "./errors.js";
export { locateExternalTree } from "./external-tree.js";
export { ipaPreset } from "./preset.js";

export type { KernelOption, KernelPurpose, Tier, Tool } from "./contract/types.js";
export type { PresetErrorCode } from "./errors.js";
export type { Preset, PresetImages, PresetLogin } from "./types.js";
