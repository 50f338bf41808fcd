import { randomBytes } from "node:crypto";
import { basename, dirname, join } from "node:path";

/** A name beside a file that nothing has; also where the file's own name is as long as names can be. */
export function temporaryBeside(path: string): string {
  return join(dirname(path), `.${basename(path).slice(0, 50)}.${randomBytes(6).toString("hex")}.tmp`);
}
