export { runConf } from "./conf/run-conf.js";

export type { ConfFile, ConfMode, ConfOptions, ConfResult } from "./conf/types.js";
