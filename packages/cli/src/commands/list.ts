import { type Io, print } from "../io.js";
import { type LocationOptions, resolveSettings } from "../settings/resolve.js";
import { openTree } from "../tree.js";

/** `ipa-br list`: every defconfig of Buildroot and of the external trees. */
export async function list(io: Io, options: LocationOptions & { readonly json?: boolean }): Promise<void> {
  const settings = await resolveSettings(io, options);
  const tree = await openTree(io, settings);
  const defconfigs = await tree.listDefconfigs();
  if (options.json === true) {
    print(io, JSON.stringify(defconfigs, null, 2));
    return;
  }
  const trees = [...tree.externals.map((external) => external.name), undefined];
  for (const name of trees) {
    const names = defconfigs.filter((defconfig) => defconfig.tree === name).map((defconfig) => defconfig.name);
    if (names.length === 0) continue;
    const description = tree.externals.find((external) => external.name === name)?.description;
    print(io, name === undefined ? `Buildroot ${tree.version}` : `${name}${description ? `: ${description}` : ""}`);
    for (const defconfig of names) print(io, `  ${defconfig}${defconfig === settings.defconfig ? "  (default)" : ""}`);
  }
}
