import { abortError } from "../wait/abort.js";
import { ConductorError } from "../errors.js";
import type { AgentEndpoint } from "./endpoint.js";
import type { WaitOptions } from "../types.js";

/** Codes of Node and OpenSSL for a certificate that does not do. */
const certificateTrouble = /CERT|SIGNATURE|ALTNAME|UNABLE_TO|SELF_SIGNED|ERR_SSL|ERR_OSSL|EPROTO|ERR_TLS/;

/** The error for a connection that failed. */
export function connectionError(
  error: NodeJS.ErrnoException,
  endpoint: AgentEndpoint,
  options: WaitOptions,
  timeout: AbortSignal,
): ConductorError {
  if (options.signal?.aborted === true) return abortError(options.signal);
  const details = { uuid: endpoint.uuid, url: endpoint.url };
  if (timeout.aborted) {
    return new ConductorError(
      "WAIT_TIMEOUT",
      `The agent at ${endpoint.url} did not answer within ${options.timeoutMs / 1000} s.`,
      {
        hint: "Wait longer, or look at the agent's log.",
        details,
      },
    );
  }
  if (ConductorError.is(error) || certificateTrouble.test(error.code ?? "")) {
    return untrusted(endpoint, ConductorError.is(error) ? "it shows another" : error.message, error);
  }
  const reason = error.code ?? error.message;
  return new ConductorError(
    "AGENT_UNREACHABLE",
    `The agent of node ${endpoint.uuid} cannot be reached at ${endpoint.url}: ${reason}.`,
    {
      hint: "Check that the machine runs, that its port is forwarded, and what ipa-advertise-host and -port say.",
      details,
      cause: error,
    },
  );
}

/** The error for an agent whose certificate does not do. */
export function untrusted(endpoint: AgentEndpoint, reason: string, cause?: unknown): ConductorError {
  return new ConductorError(
    "AGENT_UNTRUSTED",
    `The certificate of the agent at ${endpoint.url} is not to be trusted: ${reason}.`,
    {
      hint: "The agent makes its certificate for its ipa-advertise-host, which must be an IP address, and sends it from API 1.68 on.",
      details: { uuid: endpoint.uuid, url: endpoint.url },
      cause,
    },
  );
}
