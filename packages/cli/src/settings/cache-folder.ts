import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import type { Io } from "../io.js";

/** Where this command keeps what it can make again. */
export function cacheFolder(env: Io["env"]): string {
  const cacheHome = env["XDG_CACHE_HOME"];
  // the XDG specification has relative values ignored
  const home = cacheHome !== undefined && isAbsolute(cacheHome) ? cacheHome : join(env["HOME"] || homedir(), ".cache");
  return join(home, "ipa-br");
}
