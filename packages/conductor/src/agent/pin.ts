import { X509Certificate } from "node:crypto";
import { checkServerIdentity, type ConnectionOptions } from "node:tls";
import { ConductorError } from "../errors.js";

/** What a certificate is recognised by; undefined where the PEM is none. */
export function fingerprintOf(pem: string): string | undefined {
  try {
    return new X509Certificate(pem).fingerprint256;
  } catch {
    return undefined;
  }
}

/**
 * Options of a TLS connection to a server that must show this certificate: it is the one that is trusted, address and
 * validity are checked as for any other, and no other certificate that it may have signed is taken for it.
 */
export function pinned(pem: string): ConnectionOptions {
  const wanted = fingerprintOf(pem);
  return {
    ca: pem,
    rejectUnauthorized: true,
    minVersion: "TLSv1.2",
    checkServerIdentity: (host, certificate) => {
      if (certificate.fingerprint256 !== wanted) {
        return new ConductorError("AGENT_UNTRUSTED", "It shows another certificate than the one that it sent.");
      }
      return checkServerIdentity(host, certificate);
    },
  };
}
