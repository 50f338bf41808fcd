import { sourcesOf } from "../model/source-reader.js";
import type { TreeImage } from "./columns.js";
import { decodeTree } from "./decode.js";
import { encodeTree, type Directory } from "./encode.js";
import { sameAnswers, type StoredInputs, type TreeInputs } from "./inputs.js";
import type { KconfigHost } from "../base/host.js";
import type { TreeCodec } from "./tree-cache.js";

/** How stores keep trees; a store of your own hands it on. */
export const treeCodec: TreeCodec = {
  encode(tree, { dialect, host }, inputs) {
    const stored = storedInputs(inputs, host);
    return stored === undefined ? undefined : encodeTree(tree, { dialect: JSON.stringify(dialect), ...stored });
  },
  decode(image, request, memory) {
    const { dialect, host, env } = request;
    const directory = directoryOf(image);
    const { inputs } = directory;
    if (inputs.dialect !== JSON.stringify(dialect) || !sameAnswers(inputs, host, env)) return undefined;
    const tree = decodeTree(image, directory, dialect, sourcesOf(request, memory).sources);
    return tree === undefined ? undefined : { tree, inputs };
  },
};

type StoredDirectory = Directory & { readonly inputs: StoredInputs & { readonly dialect: string } };

const directoryOf = ({ directory }: TreeImage): StoredDirectory => JSON.parse(directory) as StoredDirectory;

/** The inputs as they can be stored; `undefined` where the host has no fingerprint. */
function storedInputs(inputs: TreeInputs, host: KconfigHost): StoredInputs | undefined {
  const paths = [...inputs.files.keys()];
  // It has to be that of what was read, whatever the files are by now.
  const fingerprint = host.fingerprint?.(paths, [...inputs.files.values()]);
  if (fingerprint === undefined) return undefined;
  const variables = [...inputs.variables].map(([name, value]) => [name, value ?? null] as const);
  const folders = [...inputs.folders].map(([folder, names]) => [folder, names ?? null] as const);
  return { paths, fingerprint, commands: inputs.commands, variables, folders };
}
