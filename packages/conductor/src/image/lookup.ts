import type { ImageFile, ImageRootfs } from "./files.js";

/** Links that are followed at most, as in Linux (path_resolution(7)). */
const mostLinks = 40;

/** The file that a path leads to, links followed within the image; undefined where there is none. */
export function fileAt({ files }: Pick<ImageRootfs, "files">, path: string): ImageFile | undefined {
  let parts = path.split("/").filter((part) => part !== "" && part !== ".");
  const done: string[] = [];
  for (let links = 0; parts.length > 0;) {
    const [part = "", ...rest] = parts;
    parts = rest;
    if (part === "..") {
      done.pop();
      continue;
    }
    const file = files.get([...done, part].join("/"));
    if (file?.kind === "link") {
      links += 1;
      if (links > mostLinks) return undefined;
      const target = file.target ?? "";
      if (target.startsWith("/")) done.length = 0;
      parts = [...target.split("/").filter((step) => step !== "" && step !== "."), ...rest];
      continue;
    }
    // Archives may leave folders out: the kernel's do not, others' images may.
    if (file === undefined && parts.length === 0) return undefined;
    done.push(part);
  }
  return files.get(done.join("/"));
}

/** Where programs are looked for. */
const programFolders = ["usr/local/sbin", "usr/local/bin", "usr/sbin", "usr/bin", "sbin", "bin"];

/** A program by its name: the first executable file of that name, and where it was found. */
export function programNamed(
  rootfs: ImageRootfs,
  name: string,
  folders: readonly string[] = programFolders,
): { readonly path: string; readonly file: ImageFile } | undefined {
  for (const folder of folders) {
    const path = `${folder}/${name}`;
    const file = fileAt(rootfs, path);
    if (file !== undefined && file.kind === "file" && (file.permissions & 0o111) !== 0) return { path, file };
  }
  return undefined;
}

/** All names of a file: hard links are one file. */
export function namesOf(rootfs: ImageRootfs, file: ImageFile): readonly string[] {
  return [...rootfs.files.values()].filter(({ inode }) => inode === file.inode).map(({ path }) => path);
}
