/** What values a parameter takes. */
export type ParameterKind =
  | "text"
  | "url"
  | "boolean"
  | "number"
  | "port"
  | "address"
  | "collectors"
  | { readonly choices: readonly string[] }
  | { readonly least: number; readonly most?: number };

/** A parameter that the agent reads from the kernel's command line. */
export interface Parameter {
  /** `ipa-api-url`. */
  readonly name: string;
  /** The option that it gives a default to, `api_url`: one in a configuration file wins. Undefined where there is none. */
  readonly option: string | undefined;
  readonly kind: ParameterKind;
}

const atLeast = (least: number, most?: number): ParameterKind => (most === undefined ? { least } : { least, most });

/** Options and their kinds; the parameter's name is the option's with dashes unless a third says otherwise. */
const rows: readonly (readonly [option: string, kind: ParameterKind, name?: string])[] = [
  ["api_url", "url"],
  ["global_request_id", "text"],
  ["listen_host", "text"],
  ["listen_port", "port"],
  ["tls_min_version", { choices: ["1.2", "1.3"] }],
  ["tls_cipher_suites", "text"],
  ["tls_certificate_curve", { choices: ["p256", "p384", "p521"] }],
  ["advertise_host", "address"],
  ["advertise_port", "port"],
  ["advertise_protocol", { choices: ["http", "https"] }],
  ["ip_lookup_attempts", atLeast(1)],
  ["ip_lookup_sleep", atLeast(0), "ipa-ip-lookup-timeout"],
  ["network_interface", "text"],
  ["lookup_timeout", atLeast(0)],
  ["lookup_interval", atLeast(0)],
  ["lldp_timeout", "number"],
  ["collect_lldp", "boolean"],
  ["inspection_callback_url", "url"],
  ["inspection_collectors", "collectors"],
  ["inspection_dhcp_wait_timeout", atLeast(0)],
  ["inspection_dhcp_all_interfaces", "boolean"],
  ["hardware_initialization_delay", atLeast(0)],
  ["disk_wait_attempts", atLeast(0)],
  ["disk_wait_delay", atLeast(0)],
  ["insecure", "boolean"],
  ["ntp_server", "text"],
  ["agent_token", "text"],
  ["image_download_connection_timeout", atLeast(1)],
  ["image_download_connection_retries", atLeast(0)],
  ["image_download_connection_retry_interval", atLeast(0)],
  ["image_download_max_duration", atLeast(0)],
  ["ironic_api_version", "text"],
  ["enable_vlan_interfaces", "text"],
  ["ignore_bootloader_failure", "boolean"],
  ["inject_files_priority", atLeast(0, 99)],
  ["guard_special_filesystems", "boolean"],
  ["enable_discard_erase", "boolean"],
  ["http_request_timeout", atLeast(1)],
];

/** What the agent reads without an option behind it. */
const direct: readonly (readonly [name: string, kind: ParameterKind])[] = [
  ["ipa-debug", "boolean"],
  ["ipa-inspection-benchmarks", "text"],
  ["ipa-use-mdns", "boolean"],
];

/** The parameters of ironic-python-agent 13.0.0 (its `config.py`, `inspector.py`, `mdns.py`, `cmd/agent.py`). */
export const agentParameters: readonly Parameter[] = [
  ...rows.map(([option, kind, name]) => ({ name: name ?? `ipa-${option.replaceAll("_", "-")}`, option, kind })),
  ...direct.map(([name, kind]) => ({ name, option: undefined, kind })),
];

/** Names that go on as they like: `ipa-container-auth-NAME=...` (its `extensions/standby.py`). */
export const openEnded: readonly string[] = ["ipa-container-auth-"];

/** Parameters whose values are nobody's business. */
const secret = /token|password|passwd|rootpwd|secret|-auth-/i;

/** The value for a message; `******` for a secret. */
export function shownValue(name: string, value: string): string {
  return secret.test(name) ? "******" : value;
}
