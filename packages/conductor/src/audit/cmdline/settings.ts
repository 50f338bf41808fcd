/** A setting of a configuration file of the agent. */
export interface FileSetting {
  /** `etc/ironic-python-agent.d/local.conf`. */
  readonly file: string;
  /** With underscores: `listen_port`. */
  readonly option: string;
  readonly value: string;
}

/**
 * True for the files that the agent, or the service that starts it, takes its configuration from: oslo.config's own places
 * and those of the virtual media (`copy_config_from_vmedia`).
 */
export function isAgentConfiguration(path: string): boolean {
  return /^etc\/(?:ironic-python-agent\/)?ironic-python-agent\.conf$|^etc\/ironic-python-agent(?:\.conf)?(?:\.d)?\/[^/]+\.conf$/.test(
    path,
  );
}

/** oslo.config takes quotes around a whole value away (its `iniparser.py`). */
function unquoted(value: string): string {
  return value.replace(/^(["'])(.*)\1$/, "$2");
}

/** The settings of the section DEFAULT. */
export function settingsOf(file: string, text: string): readonly FileSetting[] {
  const settings: FileSetting[] = [];
  let section = "DEFAULT";
  for (const line of text.split(/\r?\n/)) {
    section = /^\[([^\]]+)\]/.exec(line)?.[1] ?? section;
    const [, option, value = ""] = /^([A-Za-z][\w-]*)\s*[=:]\s*(.*)$/.exec(line) ?? [];
    if (option === undefined || section !== "DEFAULT") continue;
    settings.push({ file, option: option.replaceAll("-", "_"), value: unquoted(value.trim()) });
  }
  return settings;
}
