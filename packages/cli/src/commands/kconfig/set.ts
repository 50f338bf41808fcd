import { type ConfigEdit, editConfig, type EditReport } from "@ipa-br/kconfig";
import { writeFileAtomic } from "@ipa-br/kconfig/node";
import { CliError } from "../../errors.js";
import { type Io, print } from "../../io.js";
import { formatTable } from "../../ui/format.js";
import { type ConfigurationOptions, openFile, symbolName } from "./open.js";

export interface SetOptions extends ConfigurationOptions {
  readonly force?: boolean;
  readonly dryRun?: boolean;
  /** The edits, in the order of the command line; names as they were typed. */
  readonly edits: readonly ConfigEdit[];
}

/**
 * `ipa-br kconfig set`: edits of a .config in the manner of scripts/config. Each value is tried first; the file is written
 * in one step, its old content kept as FILE.old, and only the lines of the edited symbols differ.
 * @throws CliError SETTING_INVALID, EDIT_NOT_HELD; KconfigError UNKNOWN_SYMBOL, INVALID_VALUE, FILE_UNWRITABLE
 */
export async function set(io: Io, options: SetOptions): Promise<void> {
  if (options.edits.length === 0) {
    throw new CliError("SETTING_INVALID", "no edit was named", {
      hint: "ipa-br kconfig set NAME=VALUE, or --enable, --disable, --module, --undefine, --set-str, --set-val",
    });
  }
  const { configuration, path, text } = await openFile(io, options);
  if (path === undefined) {
    throw new CliError("SETTING_INVALID", "no .config was named", { hint: "--config names the file to edit" });
  }
  const edits = options.edits.map((edit) => ({ ...edit, name: symbolName(configuration, edit.name) }));
  const report = editConfig(configuration, text, edits, { path });
  const failed = report.outcomes.filter(({ held }) => !held);
  const write = options.dryRun !== true && report.text !== text && (failed.length === 0 || options.force === true);
  if (write) await writeFileAtomic(path, report.text, { backup: true });
  if (options.json === true) print(io, JSON.stringify({ path, written: write, ...report, text: undefined }, null, 2));
  else show(io, report);
  if (failed.length === 0 || options.force === true) return;
  const [first] = failed;
  const reason = first!.obstacles[0]?.message ?? "another line of the file takes its place";
  throw new CliError("EDIT_NOT_HELD", `${first!.name} would be ${JSON.stringify(first!.after)}: ${reason}`, {
    hint: `nothing was written; ipa-br kconfig enable ${first!.name}=${first!.wanted} tells what it takes, --force writes it all the same`,
    details: { names: failed.map(({ name }) => name) },
  });
}

function show(io: Io, { outcomes, alsoChanged }: EditReport): void {
  const shown = (value: string): string => (value === "" ? '""' : value);
  const rows = [
    ...outcomes.map((entry) => [
      entry.name,
      shown(entry.before),
      "->",
      shown(entry.after),
      entry.held ? "" : "not held",
    ]),
    ...alsoChanged.map((entry) => [entry.name, shown(entry.before), "->", shown(entry.after), "follows"]),
  ];
  print(io, formatTable(rows));
}
