import { resolve } from "node:path";
import { compareTrees, type UpgradeReport } from "@ipa-br/kconfig";
import { nodeHost } from "@ipa-br/kconfig/node";
import { CliError } from "../../errors.js";
import { type Io, print } from "../../io.js";
import { formatTable } from "../../ui/format.js";
import { loadAny } from "./open.js";

export interface UpgradeOptions {
  readonly config?: string;
  readonly dialect?: string;
  readonly write?: string;
  readonly json?: boolean;
}

/**
 * `ipa-br kconfig upgrade BEFORE AFTER`: what differs between two versions of a tree, and what becomes of the lines of a
 * defconfig.
 * @throws CliError CONFIG_MISSING; KconfigError FILE_NOT_FOUND, TREE_INVALID
 */
export async function upgrade(io: Io, before: string, after: string, options: UpgradeOptions): Promise<void> {
  const text = options.config === undefined ? undefined : nodeHost().readFile(resolve(io.cwd, options.config));
  if (options.config !== undefined && text === undefined) {
    throw new CliError("CONFIG_MISSING", `${options.config} does not exist`, { hint: "--config names a defconfig" });
  }
  const [old, next] = [before, after].map((path) => loadAny(io, resolve(io.cwd, path), options.dialect));
  const config = text === undefined ? {} : { config: { path: options.config!, text } };
  const report = compareTrees(old!, next!, config);
  if (options.json === true) print(io, JSON.stringify(report, null, 2));
  else show(io, report);
}

function show(io: Io, report: UpgradeReport): void {
  const part = (title: string, rows: readonly (readonly string[])[]): void => {
    if (rows.length === 0) return;
    print(io, `${title} (${rows.length})`);
    print(io, `${formatTable(rows.map((row) => ["", ...row]))}\n`);
  };
  const place = ({ path, line }: { path: string; line: number }): string => `${path}:${line}`;
  const values = (list: readonly string[]): string => (list.length === 0 ? "none" : list.join(" "));
  part(
    "lines that need a look",
    report.lines
      .filter(({ status }) => status !== "kept")
      .map(({ line, name, value, status, renamedTo, obstacles }) => [
        String(line),
        `${name}=${value}`,
        status,
        renamedTo ?? obstacles[0]?.message ?? "",
      ]),
  );
  part(
    "renamed",
    report.renamed.map(({ from, to, evidence }) => [from, "->", to, `by ${evidence}`]),
  );
  part(
    "removed",
    report.removed.map((entry) => [entry.name, entry.type, place(entry), entry.prompt ?? ""]),
  );
  part(
    "new",
    report.added.map((entry) => [entry.name, entry.type, place(entry), entry.prompt ?? ""]),
  );
  part(
    "other types",
    report.changedTypes.map((entry) => [entry.name, entry.before, "->", entry.after]),
  );
  part(
    "other defaults",
    report.changedDefaults.map(({ name, value, before, after }) =>
      value.before === value.after
        ? [name, values(before), "->", values(after), "(the value stays)"]
        : [name, value.before || '""', "->", value.after || '""', ""],
    ),
  );
}
