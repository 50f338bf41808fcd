import { ConductorError } from "../errors.js";
import { minorOf, minorVersion, newestApi } from "../nodes/api-version.js";
import type { ConductorOptions } from "./types.js";

/** The options with what holds where nothing is said. */
export interface Settings {
  readonly host: string;
  readonly port: number;
  readonly heartbeatTimeout: number;
  readonly apiVersion: string;
}

/** Checks the options. Errors: `OPTIONS_INVALID`. */
export function settingsOf(options: ConductorOptions): Settings {
  const { host = "127.0.0.1", port = 0, heartbeatTimeout = 30, apiVersion = newestApi } = options;
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw invalid(`${port} is no port.`);
  if (!Number.isFinite(heartbeatTimeout) || heartbeatTimeout <= 0) {
    throw invalid(`A heartbeat time-out of ${heartbeatTimeout} seconds makes no sense.`);
  }
  if ((minorVersion(apiVersion) ?? 0) < minorOf.lookup) {
    throw invalid(`"${apiVersion}" is no version of the API that knows ramdisks: 1.${minorOf.lookup} is the first.`);
  }
  return { host, port, heartbeatTimeout, apiVersion };
}

function invalid(message: string): ConductorError {
  return new ConductorError("OPTIONS_INVALID", message, { hint: "Correct the conductor's options." });
}
