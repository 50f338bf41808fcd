import { resolve } from "node:path";
import { diffConfigs } from "@ipa-br/kconfig";
import { nodeHost } from "@ipa-br/kconfig/node";
import { CliError } from "../../errors.js";
import { type Io, print } from "../../io.js";
import { formatTable } from "../../ui/format.js";

/**
 * `ipa-br kconfig diff BEFORE AFTER`: what differs, by symbol; names as the files spell them.
 * @throws CliError CONFIG_MISSING
 */
export function diff(io: Io, before: string, after: string, options: { readonly json?: boolean }): void {
  const differences = diffConfigs(read(io, before), read(io, after), { prefix: "" });
  if (options.json === true) {
    print(io, JSON.stringify(differences, null, 2));
    return;
  }
  const shown = (value: string | undefined): string => value ?? "(absent)";
  const rows = differences.map((entry) => [entry.name, shown(entry.before), "->", shown(entry.after)]);
  if (rows.length > 0) print(io, formatTable(rows));
}

function read(io: Io, name: string): string {
  const path = resolve(io.cwd, name);
  const text = nodeHost().readFile(path);
  if (text !== undefined) return text;
  throw new CliError("CONFIG_MISSING", `${path} does not exist`, { hint: "name two .config files or defconfigs" });
}
