import { hostname, userInfo } from "node:os";
import type { BuildHost } from "./types.js";

/** This machine. */
export function localHost(): BuildHost {
  return { uid: userInfo().uid, hostname: hostname() };
}
