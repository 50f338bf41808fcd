/** The agent's package lets its source be chosen; the others have the one that is pinned. */
import { symbolOf } from "../resolve.js";
import type { ResolvedPackage } from "../types.js";
import { help } from "./text.js";

export function isAgent({ facts }: ResolvedPackage): boolean {
  return facts.name === "ironic-python-agent";
}

/** Symbols behind the agent's own: where its source comes from. */
export function agentSettings(item: ResolvedPackage): string {
  const symbol = symbolOf(item.package);
  const { version } = item.facts;
  return `
if ${symbol}

choice
	prompt "Source of the agent"
	default ${symbol}_PINNED
${help("A checkout on this machine needs none of these: name it as PYTHON_IRONIC_PYTHON_AGENT_OVERRIDE_SRCDIR in local.mk.")}
config ${symbol}_PINNED
	bool "release ${version}"
${help("The source distribution whose SHA-256 is in this tree.")}
config ${symbol}_CUSTOM_TARBALL
	bool "another tarball"
${help(
  "With BR2_DOWNLOAD_FORCE_CHECK_HASHES its SHA-256 has to be in python-ironic-python-agent/python-ironic-python-agent.hash in a folder of BR2_GLOBAL_PATCH_DIR.",
)}
config ${symbol}_CUSTOM_GIT
	bool "a Git repository"
${help("As for a tarball, its hash has to be known where BR2_DOWNLOAD_FORCE_CHECK_HASHES is set.")}
endchoice

config ${symbol}_CUSTOM_TARBALL_LOCATION
	string "Address of the tarball"
	depends on ${symbol}_CUSTOM_TARBALL

config ${symbol}_CUSTOM_REPO_URL
	string "Address of the repository"
	default "https://opendev.org/openstack/ironic-python-agent"
	depends on ${symbol}_CUSTOM_GIT

config ${symbol}_CUSTOM_REPO_VERSION
	string "Commit or tag"
	depends on ${symbol}_CUSTOM_GIT
${help("A branch would give other sources on another day.")}
config ${symbol}_REPORTED_VERSION
	string "Version that the agent reports"
	default "${version}"
${help(
  "What the agent tells the conductor, whatever its source. Sources that are no release do not know their version: name one like 13.1.0.dev1 here.",
)}
endif
`;
}

/** The part of the makefile that says where the source comes from. */
export function agentSource(item: ResolvedPackage, prefix: string): string {
  const symbol = symbolOf(item.package);
  const { version, file, site } = item.facts;
  return `ifeq ($(${symbol}_CUSTOM_TARBALL),y)
${prefix}_TARBALL = $(call qstrip,$(${symbol}_CUSTOM_TARBALL_LOCATION))
${prefix}_VERSION = custom
${prefix}_SOURCE = $(notdir $(${prefix}_TARBALL))
${prefix}_SITE = $(patsubst %/,%,$(dir $(${prefix}_TARBALL)))
BR_NO_CHECK_HASH_FOR += $(${prefix}_SOURCE)
else ifeq ($(${symbol}_CUSTOM_GIT),y)
${prefix}_VERSION = $(call qstrip,$(${symbol}_CUSTOM_REPO_VERSION))
${prefix}_SITE = $(call qstrip,$(${symbol}_CUSTOM_REPO_URL))
${prefix}_SITE_METHOD = git
BR_NO_CHECK_HASH_FOR += $(${prefix}_SOURCE)
else
${prefix}_VERSION = ${version}
${prefix}_SOURCE = ${file.replace(version, `$(${prefix}_VERSION)`)}
${prefix}_SITE = ${site}
endif
${prefix}_PBR_VERSION = $(call qstrip,$(${symbol}_REPORTED_VERSION))
`;
}
