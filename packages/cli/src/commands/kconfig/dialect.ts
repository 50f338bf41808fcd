import { detectDialect, type Dialect, dialects, findDialect } from "@ipa-br/kconfig";
import { nodeHost } from "@ipa-br/kconfig/node";

/**
 * The dialect of that name, else the one that the tree in `folder` speaks by its looks; Linux 6.12 where it has none.
 * @throws KconfigError UNKNOWN_DIALECT
 */
export function chooseDialect(folder: string, name: string | undefined): Dialect {
  if (name !== undefined) return findDialect(name);
  return detectDialect(folder, nodeHost()) ?? dialects["linux-6.12"];
}
