import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { auditImage, auditText } from "@ipa-br/conductor";
import { agentContract } from "@ipa-br/preset-ipa";
import { CliError } from "../../errors.js";
import { type Io, print } from "../../io.js";
import { type LocationOptions, resolveSettings } from "../../settings/resolve.js";
import { initramfsIn, isFolder, kernelIn } from "./images.js";

/** What `audit` takes beside the locations. */
export type AuditCommandOptions = LocationOptions & {
  readonly kernel?: string;
  readonly kernelConfig?: string;
  readonly append?: string;
  readonly json?: boolean;
};

/**
 * `ipa-br audit [rootfs]`: compares an image with what the agent needs, without booting it.
 * @throws CliError IMAGES_MISSING, AUDIT_FAILED; ConductorError
 */
export async function audit(io: Io, named: string | undefined, options: AuditCommandOptions): Promise<void> {
  const settings = await resolveSettings(io, options);
  const place = named === undefined ? join(settings.output, "images") : resolve(io.cwd, named);
  const folder = isFolder(place) ? place : undefined;
  const initramfs = folder === undefined && named !== undefined ? place : initramfsIn(place);
  if (!existsSync(initramfs)) {
    throw new CliError("IMAGES_MISSING", `there is no image to open: ${initramfs} not found`, {
      hint: "ipa-br build, or name an initramfs or the folder that it lies in",
    });
  }
  const kernel = options.kernel === undefined ? kernelBeside(initramfs) : resolve(io.cwd, options.kernel);
  const config = options.kernelConfig === undefined ? configBeside(initramfs) : resolve(io.cwd, options.kernelConfig);
  const report = await auditImage({
    initramfs,
    ...(kernel === undefined ? {} : { kernel }),
    ...(config === undefined ? {} : { kernelConfig: config }),
    ...(options.append === undefined ? {} : { commandLine: options.append }),
    contract: agentContract,
    env: io.env,
    signal: io.signal,
  });
  if (options.json === true) print(io, JSON.stringify(report, null, 2));
  else io.stdout.write(auditText(report));
  if (report.passed) return;
  const errors = report.findings.filter(({ severity }) => severity === "error");
  const first = errors[0]!;
  throw new CliError("AUDIT_FAILED", `the image lacks what the agent needs: ${first.name} ${first.problem}`, {
    hint: first.symbols.length > 0 ? `${first.symbols.join("=y, ")}=y, then ipa-br build` : (first.note ?? "see above"),
    details: { errors: errors.length },
  });
}

/** The kernel that Buildroot lays beside its initramfs. */
function kernelBeside(initramfs: string): string | undefined {
  const kernel = kernelIn(join(initramfs, ".."));
  return existsSync(kernel) ? kernel : undefined;
}

/** The kernel's .config in Buildroot's output folder, or one that somebody laid beside the image. */
function configBeside(initramfs: string): string | undefined {
  const images = join(initramfs, "..");
  const builds = join(images, "../build");
  const linux = isFolder(builds)
    ? readdirSync(builds).filter((name) => /^linux-(?!headers-|firmware-)/.test(name))
    : [];
  const beside = readdirSync(images).filter((name) => /^(?:config-\d.*|linux\.config)$/.test(name));
  const files = [...linux.map((name) => join(builds, name, ".config")), ...beside.map((name) => join(images, name))];
  return files.find((file) => existsSync(file));
}
