import { CliError } from "../errors.js";
import type { Io } from "../io.js";
import { type LocationOptions, resolveSettings } from "../settings/resolve.js";
import { openTree } from "../tree.js";

/**
 * `ipa-br make TARGET...`: make as it is, with the terminal passed through.
 * @throws CliError SETTING_INVALID for a variable that has an option of its own
 */
export async function make(io: Io, targets: readonly string[], options: LocationOptions): Promise<void> {
  const taken = targets.find((target) => /^(O|BR2_EXTERNAL|BR2_CONFIG)\s*[:?+]?=/.test(target));
  if (taken !== undefined) {
    throw new CliError("SETTING_INVALID", `${taken} would lead make past the output folder's lock and checks`, {
      hint: "--output DIR and --external DIR say the same",
    });
  }
  const settings = await resolveSettings(io, options);
  const tree = await openTree(io, settings);
  await tree.make({ targets, stdio: "inherit", signal: io.signal });
}

/**
 * `ipa-br menuconfig`, `linux-menuconfig`, `busybox-menuconfig`.
 * @throws CliError TERMINAL_NEEDED without a terminal
 */
export async function menuconfig(io: Io, target: string, options: LocationOptions): Promise<void> {
  if (io.stdin.isTTY !== true || io.stdout.isTTY !== true) {
    throw new CliError("TERMINAL_NEEDED", `${target} needs a terminal`, {
      hint: "ipa-br configure --set SYMBOL=VALUE, which needs none",
    });
  }
  await make(io, [target], options);
}
