import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { QemuError } from "../errors.js";
import type { Drive, Machine } from "../types.js";
import { type BlankImage, createImage } from "./blank-image.js";

/** The files on the host that a machine needs, with what they are. */
function imageFiles(machine: Machine): readonly (readonly [what: string, path: string])[] {
  const { kernel, initrd, firmware = "default", drives = [] } = machine;
  const files: (readonly [string, string])[] = [];
  if (kernel !== undefined) files.push(["kernel", kernel]);
  if (initrd !== undefined) files.push(["initrd", initrd]);
  if (typeof firmware === "object") {
    files.push(["UEFI image", firmware.uefiCode]);
    if (firmware.uefiVariables !== undefined) files.push(["UEFI variables", firmware.uefiVariables]);
  }
  for (const drive of drives) if (drive.file !== undefined) files.push(["drive", drive.file]);
  return files;
}

/** Errors: `IMAGE_NOT_FOUND` for the first file that cannot be read, and is not to be made. */
export async function checkImages(machine: Machine): Promise<void> {
  const toMake = new Set((await missingImages(machine.drives)).map(({ file }) => file));
  for (const [what, path] of imageFiles(machine)) {
    const trouble = toMake.has(path) ? undefined : await whyUnreadable(path);
    if (trouble === undefined) continue;
    throw new QemuError("IMAGE_NOT_FOUND", `The ${what} ${path} ${trouble}.`, {
      hint: "Build the image first, or name the file where it is.",
      details: { what, path },
    });
  }
}

/** The drives' files that are to be made and are not there. */
export async function missingImages(drives: readonly Drive[] = []): Promise<readonly BlankImage[]> {
  const missing: BlankImage[] = [];
  for (const drive of drives) {
    if (drive.file === undefined || drive.createBytes === undefined) continue;
    const there = await stat(drive.file).catch((error: NodeJS.ErrnoException) => error.code !== "ENOENT");
    if (there === false) missing.push({ file: drive.file, format: drive.format ?? "raw", bytes: drive.createBytes });
  }
  return missing;
}

/** Makes the drives' files that are not there. Errors: `IMAGE_NOT_FOUND` where that fails. */
export async function makeImages(drives: readonly Drive[] = []): Promise<void> {
  for (const image of await missingImages(drives)) {
    await createImage(image).catch((cause: Error) => {
      throw new QemuError("IMAGE_NOT_FOUND", `The drive ${image.file} cannot be made: ${cause.message}`, {
        hint: "Make its folder first, or name another file.",
        details: { what: "drive", path: image.file },
        cause,
      });
    });
  }
}

async function whyUnreadable(path: string): Promise<string | undefined> {
  try {
    if ((await stat(path)).isDirectory()) return "is a folder";
    await access(path, constants.R_OK);
    return undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return "does not exist";
    return code === "EACCES" ? "may not be read by this user" : `cannot be read (${code})`;
  }
}
