import { fileAt } from "../image/lookup.js";
import { finding } from "./finding.js";
import type { AuditFinding, CheckResult } from "./types.js";
import type { ImageRootfs } from "../image/files.js";

/** The kernel's options that unpack an initramfs. */
const unpackers: Readonly<Record<string, string>> = {
  gzip: "CONFIG_RD_GZIP",
  xz: "CONFIG_RD_XZ",
  zstd: "CONFIG_RD_ZSTD",
  lz4: "CONFIG_RD_LZ4",
};

/** Does the kernel unpack it, and does it find something to start? */
export function checkImage(rootfs: ImageRootfs, config: ReadonlyMap<string, string> | undefined): CheckResult {
  const findings: AuditFinding[] = [];
  const init = fileAt(rootfs, "init");
  const isLink = rootfs.files.get("init")?.kind === "link";
  if (init === undefined && !isLink) {
    findings.push(
      finding("image", "error", "/init", "is missing: the kernel takes the archive for no root file system"),
    );
  } else if (init === undefined) {
    const target = rootfs.files.get("init")?.target;
    findings.push(finding("image", "error", "/init", `is a link to ${target}, which is missing`));
  } else if ((init.permissions & 0o111) === 0) {
    findings.push(finding("image", "error", "/init", "is not executable"));
  }
  const kinds = new Set(rootfs.segments.map(({ compression }) => compression).filter((kind) => kind !== "none"));
  for (const kind of kinds) {
    const option = unpackers[kind];
    if (option === undefined || config === undefined || config.get(option) === "y") continue;
    const problem = `is not set, and the initramfs is packed by ${kind}`;
    findings.push(finding("image", "error", option, problem, { symbols: ["BR2_LINUX_KERNEL_CONFIG_FRAGMENT_FILES"] }));
  }
  if (rootfs.segments.some(({ check }) => check !== undefined && check > 1)) {
    const problem = "is packed by xz with a checksum that Linux does not know: it takes CRC32 alone";
    findings.push(finding("image", "error", "the initramfs", problem, { note: "xz --check=crc32" }));
  }
  return { checked: 1 + kinds.size + (kinds.has("xz") ? 1 : 0), findings };
}
