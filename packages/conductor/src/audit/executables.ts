import { fileAt, namesOf, programNamed } from "../image/lookup.js";
import { finding } from "./finding.js";
import type { AuditFinding, AgentContract, CheckResult, ContractTool } from "./types.js";
import type { ImageFile, ImageRootfs } from "../image/files.js";

/** Without these the agent goes on, and something is missing. */
const tolerated: ReadonlySet<string> = new Set(["boot-tolerated", "optional"]);

/** Each executable of the contract: is it there, executable, and not BusyBox's where that one does not do? */
export function checkExecutables(rootfs: ImageRootfs, { tools }: AgentContract): CheckResult {
  const busybox = programNamed(rootfs, "busybox")?.file;
  const findings = tools.flatMap((tool) => checkTool(rootfs, tool, busybox));
  return { checked: tools.length, findings };
}

function checkTool(rootfs: ImageRootfs, tool: ContractTool, busybox: ImageFile | undefined): readonly AuditFinding[] {
  const { name, tier, symbols, note, busyboxLacks } = tool;
  const severity = tolerated.has(tier) ? "warning" : "error";
  const about = { symbols, group: tier, note };
  const found = programNamed(rootfs, name);
  if (found === undefined) return [finding("executable", severity, name, absence(rootfs, name), about)];
  if (busyboxLacks === undefined || busybox === undefined || !isSame(rootfs, found.file, busybox)) return [];
  return [finding("executable", severity, name, `/${found.path} is BusyBox's, which lacks ${busyboxLacks}`, about)];
}

/** One file, by whatever links. */
function isSame(rootfs: ImageRootfs, file: ImageFile, busybox: ImageFile): boolean {
  return file.inode === busybox.inode || namesOf(rootfs, file).includes(busybox.path);
}

/** Why a program is not to be had: a link that leads nowhere and a file without permission look like there. */
function absence({ files }: ImageRootfs, name: string): string {
  for (const { path, kind, target } of files.values()) {
    if (!path.endsWith(`/${name}`) || !/^(?:usr\/)?(?:local\/)?s?bin\//.test(path)) continue;
    if (kind === "link" && fileAt({ files }, path) === undefined)
      return `/${path} is a link to ${target}, which is missing`;
    if (kind === "file") return `/${path} is not executable`;
  }
  return "is missing";
}
