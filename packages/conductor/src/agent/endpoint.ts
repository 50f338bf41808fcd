/** Where an agent listens, and what to show and expect there. */
export interface AgentEndpoint {
  /** The node's UUID, for messages. */
  readonly uuid: string;
  /** What the agent sent as `callback_url`, without path. */
  readonly url: string;
  /** Secret. */
  readonly token: string | undefined;
  /** The certificate that the agent sent, PEM: it alone is trusted for https. */
  readonly certificate: string | undefined;
}
