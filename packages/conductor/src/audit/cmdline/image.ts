import { collectorsOf, lameCollectors } from "../collectors.js";
import { isAgentConfiguration, settingsOf } from "./settings.js";
import { parametersKnown } from "../read-image.js";
import type { AgentContract } from "../types.js";
import type { CommandLineImage } from "./lint.js";
import type { ImageRootfs } from "../../image/files.js";
import type { PythonResult } from "../python/check.js";

/** What a lint wants to know of an image. */
export function commandLineImage(rootfs: ImageRootfs, python: PythonResult, contract: AgentContract): CommandLineImage {
  const files = [...rootfs.contents.keys()].filter(isAgentConfiguration).sort();
  return {
    collectors: collectorsOf(python.distributions),
    settings: files.flatMap((file) => settingsOf(file, rootfs.contents.get(file)?.toString("utf8") ?? "")),
    lame: lameCollectors(rootfs, contract),
    known: parametersKnown(rootfs),
    agentVersion: python.agent?.version,
  };
}
