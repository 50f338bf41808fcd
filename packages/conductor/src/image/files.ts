import type { Segment } from "./archives.js";

/** What a file of an image is. */
export type FileKind = "file" | "folder" | "link" | "other";

/** A file of an image. */
export interface ImageFile {
  /** From the root, without a slash at the beginning: `usr/bin/lsblk`. */
  readonly path: string;
  readonly kind: FileKind;
  /** Permissions, as in chmod(1). */
  readonly permissions: number;
  /** Bytes. */
  readonly size: number;
  /** The same for all names of one file. */
  readonly inode: string;
  /** Where a symbolic link leads, as it stands in it. */
  readonly target: string | undefined;
}

/** An initramfs, read: names, and those contents that were wanted. */
export interface ImageRootfs {
  readonly path: string;
  readonly segments: readonly Segment[];
  readonly files: ReadonlyMap<string, ImageFile>;
  /** The contents that were wanted, by path. */
  readonly contents: ReadonlyMap<string, Buffer>;
  /** Of the texts that were looked for those that were found, by path. */
  readonly found: ReadonlyMap<string, ReadonlySet<string>>;
  /** Bytes of all files. */
  readonly bytes: number;
}
