import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { QemuError } from "../errors.js";
import type { Screenshot } from "../types.js";
import type { QmpClient } from "../types/qmp.js";
import { writePng } from "./png.js";
import { readPpm } from "./ppm.js";

let taken = 0;

/** What the first graphics card shows. QEMU writes PPM in every build and version, PNG not. Errors: `QMP_FAILED`. */
export async function screenshot(qmp: QmpClient, folder: string): Promise<Screenshot> {
  const filename = join(folder, `screen${(taken += 1)}.ppm`);
  try {
    await qmp.execute("screendump", { filename });
    const picture = readPpm(await readFile(filename));
    if (picture === undefined) throw new QemuError("INTERNAL", "QEMU wrote a picture that is no PPM file.");
    return { png: writePng(picture), width: picture.width, height: picture.height };
  } catch (error) {
    if (!QemuError.is(error) || !/no console|console to take a screendump/i.test(error.message)) throw error;
    throw new QemuError("QMP_FAILED", "The machine has no screen to take a picture of.", {
      hint: "Describe it with screen: true.",
      details: error.details,
      cause: error,
    });
  } finally {
    await rm(filename, { force: true });
  }
}
