import { symbolOf } from "../resolve.js";
import type { ResolvedPackage } from "../types.js";
import { agentSettings, isAgent } from "./agent.js";
import { help } from "./text.js";

/** The Config.in of a package. */
export function renderConfigIn(item: ResolvedPackage): string {
  const lines = [
    `config ${symbolOf(item.package)}`,
    `\tbool "${item.package}"`,
    ...item.dependsOn.map((condition) => `\tdepends on ${condition}`),
    ...item.selects.map(({ symbol, reason }) => `\tselect ${symbol} # ${reason}`),
  ];
  const { summary, homepage, title } = item.facts;
  const sentence = (summary === "" ? `The Python package ${title}` : summary).replace(/[.\s]*$/, ".");
  return `${lines.join("\n")}\n${help(sentence, homepage)}${isAgent(item) ? agentSettings(item) : ""}`;
}

/** The Config.in that lists the packages, and the release whose versions they have. */
export function renderMenu(packages: readonly ResolvedPackage[], release: string): string {
  const sources = packages.map((item) => `source "$BR2_EXTERNAL_IPA_BR_PATH/package/${item.package}/Config.in"`);
  return `# Made by "ipa-br python update".

config BR2_IPA_BR_REQUIREMENTS_RELEASE
	string "OpenStack release of the Python packages"
	default "${release}"
${help(
  "The agent's Python packages here have the versions of this release's upper-constraints. A build stops if another release is named: its packages have to be made first, by",
  "ipa-br python update --release RELEASE --write",
)}
menu "Python packages of the agent"

if BR2_PACKAGE_PYTHON3

${sources.join("\n")}

endif

endmenu
`;
}
