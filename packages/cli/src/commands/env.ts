import { type Io, print } from "../io.js";
import { type LocationOptions, resolveSettings } from "../settings/resolve.js";
import { openTree } from "../tree.js";
import { quoteForShell } from "../ui/format.js";

/** `ipa-br env`: the exports of the manual flow, for `eval "$(ipa-br env)"`. */
export async function env(io: Io, options: LocationOptions & { readonly json?: boolean }): Promise<void> {
  const settings = await resolveSettings(io, options);
  const tree = await openTree(io, settings);
  // TERM is for makes without a terminal, and O counts only on make's command line
  const { TERM: _term, O: _output, ...environment } = tree.environment();
  const variables: Record<string, string> = {
    BR2_UPSTREAM: tree.buildroot,
    BR2_OUTPUT_DIR: tree.output,
    ...environment,
  };
  if (options.json === true) {
    const { origins, configFile } = settings;
    print(io, JSON.stringify({ variables, origins, configFile }, null, 2));
    return;
  }
  for (const [name, value] of Object.entries(variables)) print(io, `export ${name}=${quoteForShell(value)}`);
}
