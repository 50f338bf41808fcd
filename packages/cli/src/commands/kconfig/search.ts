import { type Io, print } from "../../io.js";
import { formatTable } from "../../ui/format.js";
import { type ConfigurationOptions, openConfiguration } from "./open.js";

/** `ipa-br kconfig search TEXT`: the symbols whose name or prompt has the text, whatever the case. */
export async function search(io: Io, text: string, options: ConfigurationOptions): Promise<void> {
  const configuration = await openConfiguration(io, options);
  const wanted = text.toLowerCase();
  const found = configuration.tree.symbols
    .filter(({ name, prompt }) => `${name}\n${prompt ?? ""}`.toLowerCase().includes(wanted))
    .map(({ name, type, prompt, menus }) => {
      const { path, line } = menus[0]!.location;
      return { name, type, value: configuration.value(name), prompt, place: `${path}:${line}` };
    });
  if (options.json === true) print(io, JSON.stringify(found, null, 2));
  else if (found.length > 0) {
    print(io, formatTable(found.map(({ name, value, place, prompt }) => [name, value, place, prompt ?? ""])));
  }
}
