import type { ResolvedPackage } from "../types.js";
import { agentSource, isAgent } from "./agent.js";
import { makeVariable } from "./text.js";

const rule = "#".repeat(80);

/** The makefile of a package. */
export function renderMakefile(item: ResolvedPackage): string {
  const prefix = item.package.toUpperCase().replaceAll("-", "_");
  const { facts } = item;
  const source = isAgent(item)
    ? agentSource(item, prefix)
    : `${prefix}_VERSION = ${facts.version}
${prefix}_SOURCE = ${facts.file.replace(facts.version, `$(${prefix}_VERSION)`)}
${prefix}_SITE = ${facts.site}
`;
  const environment = Object.entries(item.environment).map(([name, value]) => `${name}="${value}"`);
  return `${rule}
#
# ${item.package}
#
${rule}

${source}${prefix}_SETUP_TYPE = ${item.setupType}
${prefix}_LICENSE = ${facts.licence}
${makeVariable(`${prefix}_LICENSE_FILES`, [facts.licenceFiles.map(({ path }) => path).join(" ")])}${makeVariable(`${prefix}_DEPENDENCIES`, item.hostPackages)}${makeVariable(`${prefix}_ENV`, environment)}
$(eval $(python-package))
`;
}

/** The hashes of a package: its source distribution's and its licences'. */
export function renderHash({ facts }: ResolvedPackage): string {
  return `# sha256 from https://pypi.org/pypi/${facts.name}/json
sha256  ${facts.sha256}  ${facts.file}
# Locally computed sha256 checksums
${facts.licenceFiles.map(({ path, sha256 }) => `sha256  ${sha256}  ${path}\n`).join("")}`;
}
