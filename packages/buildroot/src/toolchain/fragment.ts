import { quote } from "../config/notation.js";
import type { Target } from "./target.js";
import type { ToolchainFacts } from "./types.js";

/** The settings of Buildroot's "Custom toolchain" (toolchain/toolchain-external/toolchain-external-custom) for a toolchain. */
export function toolchainFragment(path: string, { architecture, triple }: Target, facts: ToolchainFacts): string {
  const set = (name: string, value: boolean): string => (value ? `${name}=y` : `# ${name} is not set`);
  return [
    `# The distribution's own compiler: gcc ${facts.gcc}, glibc ${facts.glibc}, Linux ${facts.headers} headers.`,
    `BR2_${architecture}=y`,
    "BR2_TOOLCHAIN_EXTERNAL=y",
    "BR2_TOOLCHAIN_EXTERNAL_CUSTOM=y",
    "BR2_TOOLCHAIN_EXTERNAL_PREINSTALLED=y",
    `BR2_TOOLCHAIN_EXTERNAL_PATH=${quote(path)}`,
    `BR2_TOOLCHAIN_EXTERNAL_CUSTOM_PREFIX=${quote(triple)}`,
    `BR2_TOOLCHAIN_EXTERNAL_GCC_${facts.gcc.split(".")[0]}=y`,
    `BR2_TOOLCHAIN_EXTERNAL_HEADERS_${facts.headers.replace(".", "_")}=y`,
    "BR2_TOOLCHAIN_EXTERNAL_CUSTOM_GLIBC=y",
    set("BR2_TOOLCHAIN_EXTERNAL_INET_RPC", facts.rpc),
    set("BR2_TOOLCHAIN_EXTERNAL_CXX", facts.cxx),
    set("BR2_TOOLCHAIN_EXTERNAL_OPENMP", facts.openmp),
    "",
  ].join("\n");
}
