import { writeConfig } from "../config/write-config.js";
import { writeMinimal } from "../config/write-minimal.js";
import type { ConfRun } from "./run.js";
import { lazyView } from "./values/view.js";
import type { ConfSteps } from "./walk/request.js";

/** Writes the .config: with a backup, unless KCONFIG_OVERWRITECONFIG forbids it, and for Linux not at all where nothing changed. */
export function* writeCurrent(run: ConfRun): ConfSteps<void> {
  const { configName, values } = run;
  const failure = "\n*** Error during writing of the configuration.\n\n";
  if (configName === "" && !run.isOld) run.fail(`config name is empty\n${failure}`);
  const { text, said } = run.textAside(() => {
    if (!values.changed) values.invalidate();
    return writeConfig(lazyView(values));
  });
  const overwrite = run.setting("KCONFIG_OVERWRITECONFIG") !== undefined;
  if (!overwrite && !run.isOld && run.options.host.readFile(configName) === text) {
    run.complain(said);
    run.message(`No change to ${configName}`);
  } else {
    // Buildroot's tool writes into a folder, under the same name.
    const path = run.isBuildroot && run.isFolder(configName) ? `${configName}/${configName}` : configName;
    const method = overwrite ? "keep" : "backup";
    const refusal = yield { kind: "write", file: { path, text, method, folders: !run.isOld } };
    sayUnlessClosed(run, said, refusal);
    if (refusal !== undefined) {
      run.fail(`${refusal === "folders EISDIR" ? `${configName}: Is a directory\n` : ""}${failure}`);
    }
    run.message(`configuration written to ${path}`);
  }
  values.changed = false;
}

/** Writes the minimal defconfig. */
export function* writeDefconfig(run: ConfRun, path: string): ConfSteps<void> {
  const { text, said } = run.textAside(() => {
    run.values.invalidate();
    return writeMinimal(lazyView(run.values));
  });
  const refusal = yield { kind: "write", file: { path, text, method: "keep", folders: false } };
  sayUnlessClosed(run, said, refusal);
  if (refusal === undefined) return;
  // A backslash is missing in the sources of all tools but coreboot's, and the message has it so.
  const start = run.tree.dialect.files.negatives ? "\n" : "n";
  run.fail(`${start}*** Error while saving defconfig to: ${path}\n\n`);
}

/** Says what was found out on the way to a file's text, unless C would not have begun with it. */
function sayUnlessClosed(run: ConfRun, said: string, refusal: string | undefined): void {
  if (refusal === undefined || refusal.startsWith("rename")) run.complain(said);
}
