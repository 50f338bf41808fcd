import { existsSync } from "node:fs";
import { join } from "node:path";

export function findProgramSync(name: string): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(":");
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** The environment of the tests, without what the test runner adds for itself. */
export const env: Readonly<Record<string, string | undefined>> = {
  PATH: (process.env["PATH"] ?? "")
    .split(":")
    .filter((element) => element !== "" && element !== "." && !/\s/.test(element))
    .join(":"),
  HOME: process.env["HOME"],
  LANG: "C",
};
