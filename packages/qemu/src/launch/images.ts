import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { QemuError } from "../errors.js";
import type { Machine } from "../types.js";

/** The files on the host that a machine needs, with what they are. */
function imageFiles(machine: Machine): readonly (readonly [what: string, path: string])[] {
  const { kernel, initrd, firmware = "default", drives = [] } = machine;
  const files: (readonly [string, string])[] = [];
  if (kernel !== undefined) files.push(["kernel", kernel]);
  if (initrd !== undefined) files.push(["initrd", initrd]);
  if (firmware !== "default") {
    files.push(["UEFI image", firmware.uefiCode]);
    if (firmware.uefiVariables !== undefined) files.push(["UEFI variables", firmware.uefiVariables]);
  }
  for (const { file } of drives) if (file !== undefined) files.push(["drive", file]);
  return files;
}

/** Errors: `IMAGE_NOT_FOUND` for the first file that cannot be read. */
export async function checkImages(machine: Machine): Promise<void> {
  for (const [what, path] of imageFiles(machine)) {
    const trouble = await whyUnreadable(path);
    if (trouble === undefined) continue;
    throw new QemuError("IMAGE_NOT_FOUND", `The ${what} ${path} ${trouble}.`, {
      hint: "Build the image first, or name the file where it is.",
      details: { what, path },
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
