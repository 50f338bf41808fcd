import type { ConfRun } from "./run.js";

/** Writes the .config: with a backup, unless KCONFIG_OVERWRITECONFIG forbids it, and not at all where nothing changed. */
export function writeCurrent(run: ConfRun): void {
  const text = run.configuration.writeConfig();
  run.warnOfUnmet();
  const { configName } = run;
  const overwrite = run.setting("KCONFIG_OVERWRITECONFIG") !== undefined;
  if (!overwrite && !run.isBuildroot && run.options.host.readFile(configName) === text) {
    run.message(`No change to ${configName}`);
    return;
  }
  run.files.push({ path: configName, text, backup: !overwrite });
  run.message(`configuration written to ${configName}`);
}
