import { ipaPreset } from "@ipa-br/preset-ipa";
import { launch } from "@ipa-br/qemu";
import { ExitWith } from "../../exit-with.js";
import { type Io, note } from "../../io.js";
import { describeAgentMachine } from "../../machine/agent-machine.js";
import { freePort } from "../../machine/free-port.js";
import { resolveSettings } from "../../settings/resolve.js";
import { quoteForShell } from "../../ui/format.js";
import { locateImages, type MachineOptions } from "./images.js";
import { machineSettings } from "./machine-settings.js";

/** What `exec` takes beside images and machine. */
export type ExecCommandOptions = MachineOptions & {
  /** Seconds to the login prompt, and for the command. */
  readonly timeout?: number;
  readonly user?: string;
  readonly password?: string;
};

/** What else would speak on the console comes between the lines of the command: the kernel, systemd. */
const quiet = ["quiet", "loglevel=1", "systemd.show_status=false", "systemd.journald.forward_to_console=0"];

/**
 * `ipa-br exec COMMAND...`: boots the images, logs in, runs one command; its output and its exit code are this one's.
 * @throws CliError IMAGES_MISSING; QemuError; ExitWith where the command fails
 */
export async function exec(io: Io, words: readonly string[], options: ExecCommandOptions): Promise<void> {
  const settings = await resolveSettings(io, options);
  const { arch, kernel, initramfs } = locateImages(io, settings, options);
  const { env, cacheDir, accel, ...machine } = machineSettings(io, settings, options);
  // one word is a line for the shell, several are a command as it stands
  const command = words.length === 1 ? words[0]! : words.map(quoteForShell).join(" ");
  const append = [...quiet, machine.append].filter((text) => text !== undefined).join(" ");
  const described = describeAgentMachine({ arch, kernel, initramfs, env, ...machine, append }, [], await freePort());
  const running = await launch(
    { ...described, reboot: false },
    {
      ...{ env, accel, cacheDir, signal: io.signal },
      onEvent: (event) => event.type === "warning" && note(io, `warning: ${event.message}`),
    },
  );
  try {
    const limits = { timeoutMs: (options.timeout ?? 300) * 1000, signal: io.signal };
    const { user, password } = ipaPreset.login;
    const secret = options.password ?? password;
    await running.console.login(
      { user: options.user ?? user, ...(secret === undefined ? {} : { password: secret }) },
      limits,
    );
    const { exitCode, output } = await running.console.exec(command, limits);
    io.stdout.write(output);
    if (exitCode !== 0) throw new ExitWith(exitCode);
  } finally {
    await running.stop();
  }
}
