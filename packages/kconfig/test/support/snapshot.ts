import { lstatSync, readFileSync, readdirSync, readlinkSync } from "node:fs";
import { join } from "node:path";

/** All that is in a folder, by path: kind and mode, number of names, where links lead, what is in files. */
export function snapshot(folder: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of readdirSync(folder, { recursive: true, encoding: "latin1" })) {
    const path = Buffer.from(join(folder, name), "latin1");
    const stat = lstatSync(path);
    const kind = `${stat.mode.toString(8)} ${stat.uid}:${stat.gid}`;
    if (stat.isDirectory()) found[name] = kind;
    else if (stat.isSymbolicLink()) found[name] = `${kind} -> ${readlinkSync(path)}`;
    else if (stat.isFile()) found[name] = `${kind} ${stat.nlink} ${readFileSync(path, "latin1")}`;
    else found[name] = `${kind} ${stat.nlink}`;
  }
  return found;
}
