export { nodeHost, type NodeHostOptions } from "./node/host.js";
export { writeFileAtomic, type WriteFileAtomicOptions } from "./node/write-file-atomic.js";
export { runConfOnDisk, type RunConfOnDiskOptions } from "./node/run-conf.js";
export { treeCodec } from "./cache/codec.js";
export { diskTreeStore, type DiskTreeStoreOptions } from "./node/tree-store.js";
export { probeShell, type ProbeShellOptions } from "./node/probe-shell.js";
export { ShellCache, type ShellPlace } from "./node/shell-cache.js";
