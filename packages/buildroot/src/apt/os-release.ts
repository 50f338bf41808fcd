/** What os-release(5) says of a distribution. */
export interface OsRelease {
  /** "debian", "ubuntu". */
  readonly id: string;
  /** "12", "24.04"; undefined for a rolling one. */
  readonly versionId: string | undefined;
  /** "bookworm", "noble". */
  readonly codename: string | undefined;
  /** For people: "Debian GNU/Linux 12 (bookworm)". */
  readonly prettyName: string;
}

/** Reads /etc/os-release: assignments in the shell's notation, without its expansions. */
export function parseOsRelease(text: string): OsRelease {
  const values = new Map<string, string>();
  for (const line of text.split("\n")) {
    const match = /^([A-Z][A-Z0-9_]*)=(.*)$/.exec(line.trim());
    if (match !== null) values.set(match[1]!, unquote(match[2]!));
  }
  const id = values.get("ID") ?? "linux";
  return {
    id,
    versionId: values.get("VERSION_ID") || undefined,
    codename: values.get("VERSION_CODENAME") || values.get("UBUNTU_CODENAME") || undefined,
    prettyName: values.get("PRETTY_NAME") || [id, values.get("VERSION_ID")].filter(Boolean).join(" "),
  };
}

function unquote(value: string): string {
  const quoted = /^(["'])(.*)\1$/.exec(value);
  if (quoted === null) return value;
  return quoted[1] === '"' ? quoted[2]!.replaceAll(/\\(["$`\\])/g, "$1") : quoted[2]!;
}
