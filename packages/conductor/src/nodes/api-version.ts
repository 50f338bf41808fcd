import { fault, type Fault } from "./fault.js";

/** The newest API that is spoken here, that of Ironic's master in August 2026. */
export const newestApi = "1.115";

/** Minor versions that matter to a ramdisk (`ironic/api/controllers/v1/versions.py`). */
export const minorOf = {
  initial: 1,
  lookup: 22,
  agentVersion: 36,
  verifyCa: 68,
  agentStatus: 72,
  continueInspection: 84,
} as const;

/** Minor version of `1.N`; undefined for anything else. */
export function minorVersion(version: string): number | undefined {
  const match = /^1\.(\d{1,4})$/.exec(version.trim());
  return match === null ? undefined : Number(match[1]);
}

/**
 * The minor version that a request asks for with `X-OpenStack-Ironic-API-Version`: 1.1 if it asks for none.
 * @param newest the newest that the conductor speaks, `1.N`
 */
export function requestedMinor(header: string | undefined, newest: string): number | Fault {
  const max = minorVersion(newest) ?? 0;
  if (header === undefined || header === "") return minorOf.initial;
  if (header.toLowerCase() === "latest") return max;
  const range = `The supported version range is: [1.1, ${newest}].`;
  if (!/^\d+\.\d+$/.test(header)) return fault(406, `Invalid value for X-OpenStack-Ironic-API-Version header.`);
  const minor = minorVersion(header);
  if (minor === undefined) {
    const text = `Mutually exclusive versions requested. Version ${header} requested but not supported by this service.`;
    return fault(406, `${text} ${range}`);
  }
  if (minor >= minorOf.initial && minor <= max) return minor;
  const text = `Version ${header} was requested but the minor version is not supported by this service.`;
  return fault(406, `${text} ${range}`);
}
