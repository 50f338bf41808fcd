import { evaluate, openKconfig } from "../config/kconfig.js";
import { readValues, stringValue } from "../config/notation.js";

/** Folders of this machine, and what stands for them in a lock. */
export type Places = readonly (readonly [path: string, name: string])[];

/** What says where things are and how they are fetched, and has no part in what is built. */
const machine =
  /^BR2_(?:DEFCONFIG|DL_DIR|CCACHE|CCACHE_.*|JLEVEL|PRIMARY_SITE|PRIMARY_SITE_ONLY|BACKUP_SITE|.*_MIRROR|HOST_DIR|WGET|CURL|GIT|SVN|BZR|CVS|HG|SCP|SFTP|LOCALFILES|HOST_GCC_AT_LEAST_.*|EXTERNAL_.*_VERSION|EXTERNAL_.*_PATH)$/;

/** The minimal configuration of a .config, without what is this machine's; all of it where the tree is no Kconfig. */
export function lockedConfiguration(
  text: string,
  origin: { readonly buildroot: string; readonly output: string; readonly version: string },
  places: Places,
): Record<string, string> {
  const values = readValues(text);
  const tree = openKconfig(origin, values);
  const minimal = tree === undefined ? values : readValues(evaluate(tree, text).writeMinimal());
  const longestFirst = places.toSorted(([a], [b]) => b.length - a.length);
  const portable = (value: string): string =>
    longestFirst.reduce((result, [path, name]) => result.replaceAll(path, name), value);
  return Object.fromEntries(
    [...minimal]
      .filter(([name]) => !machine.test(name))
      .map(([name, value]) => [name, portable(value)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** The folder of a ready-made toolchain of this machine; undefined if there is none. */
export function localToolchain(values: ReadonlyMap<string, string>): string | undefined {
  if (values.get("BR2_TOOLCHAIN_EXTERNAL") !== "y" || values.get("BR2_TOOLCHAIN_EXTERNAL_DOWNLOAD") === "y")
    return undefined;
  return stringValue(values, "BR2_TOOLCHAIN_EXTERNAL_PATH");
}
