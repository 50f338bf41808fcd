/** A directory or a file of an archive; everything belongs to root. */
export interface ArchiveEntry {
  /** Without a leading slash. */
  readonly path: string;
  /** Permission bits. */
  readonly mode: number;
  /** Undefined for a directory. */
  readonly data?: Uint8Array;
}

/** A file by its name, without folders, and its contents. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** What an image is given after it was built. */
export interface Injection {
  /** Certificate authorities in PEM: the agent trusts them beside the image's own. */
  readonly ca?: readonly NamedText[];
  /** Public keys as ssh-keygen writes them: their owners log in as root. */
  readonly sshKeys?: readonly NamedText[];
  /** Drop-ins of /etc/ironic-python-agent.d. */
  readonly config?: readonly NamedText[];
}
