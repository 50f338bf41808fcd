import { builtInMark, interpreterModules, isInterpreter } from "./python/interpreter.js";
import { isAgentConfiguration } from "./cmdline/settings.js";
import { isBuiltInList } from "./kernel.js";
import { isDistributionFile } from "./python/distributions.js";
import { isUdevLoader, loadsByName } from "./python/check.js";
import { readRootfs } from "../image/rootfs.js";
import { splitAsAgent } from "./cmdline/split.js";
import type { ImageRootfs } from "../image/files.js";
import type { AgentContract } from "./types.js";
import type { ReadOptions } from "../image/archives.js";

/** What is to be known of an image besides its names. */
export interface Interest {
  readonly pythonSymbols: readonly string[];
  readonly commandLine: string;
  readonly profiles?: AgentContract["profiles"];
}

const agentCode = /\/ironic_python_agent\/(?!tests\/).*\.pyc?$/;
const embeddedKernelConfig = /^(?:boot\/config-[^/]+|lib\/modules\/[^/]+\/config|usr\/lib\/modules\/[^/]+\/config)$/;

/** True for a kernel's .config within an image. */
export function isKernelConfig(path: string): boolean {
  return embeddedKernelConfig.test(path);
}

/** Reads an image with what the checks look into. Errors: those of `initramfsEntries`. */
export function readImage(path: string, interest: Interest, options: ReadOptions): Promise<ImageRootfs> {
  const marks = interpreterModules(interest.pythonSymbols).map(([module]) => builtInMark(module));
  const parameters = splitAsAgent(interest.commandLine)
    .map(({ name }) => name)
    .filter((name) => name.startsWith("ipa-"));
  return readRootfs(
    path,
    {
      content: (file) =>
        isDistributionFile(file) ||
        isAgentConfiguration(file) ||
        isBuiltInList(file) ||
        isKernelConfig(file) ||
        file === interest.profiles?.file,
      needles: (file) => {
        if (isInterpreter(file)) return marks;
        if (isUdevLoader(file)) return [loadsByName];
        return agentCode.test(file) ? parameters : [];
      },
    },
    options,
  );
}

/** The parameters that the image's agent has in its code; undefined where the image has no code of an agent. */
export function parametersKnown({ files, found }: ImageRootfs): ReadonlySet<string> | undefined {
  const code = [...files.keys()].filter((path) => agentCode.test(path));
  if (code.length === 0) return undefined;
  return new Set(code.flatMap((path) => [...(found.get(path) ?? [])]));
}
