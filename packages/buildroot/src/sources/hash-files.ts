import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { PackageInfos } from "../types.js";
import type { FileHash, HashAlgorithm } from "./hash.js";

/** One line of a .hash file. */
export interface HashLine extends FileHash {
  readonly file: string;
}

/** The lines of .hash files, by path as show-info names them. */
export type HashTable = ReadonlyMap<string, readonly HashLine[]>;

const digits: Readonly<Record<HashAlgorithm, number>> = {
  md5: 32,
  sha1: 40,
  sha224: 56,
  sha256: 64,
  sha384: 96,
  sha512: 128,
};

/** Reads a .hash file (Buildroot manual, "The .hash file"): algorithm, hash, file name; others lines are Buildroot's to judge. */
export function parseHashFile(text: string): HashLine[] {
  const lines: HashLine[] = [];
  for (const line of text.split("\n")) {
    const [algorithm, value, file, ...more] = line.trim().split(/\s+/);
    if (algorithm === undefined || value === undefined || file === undefined || more.length > 0) continue;
    if (!isAlgorithm(algorithm) || !new RegExp(`^[0-9a-f]{${digits[algorithm]}}$`, "i").test(value)) continue;
    lines.push({ algorithm, value: value.toLowerCase(), file });
  }
  return lines;
}

/** Reads every .hash file that show-info names; one that is not there has no lines. */
export async function readHashFiles(info: PackageInfos, buildroot: string): Promise<HashTable> {
  const table = new Map<string, readonly HashLine[]>();
  for (const path of new Set(Object.values(info).flatMap(({ hashFiles }) => hashFiles))) {
    const text = await readFile(resolve(buildroot, path), "utf8").catch(() => "");
    table.set(path, parseHashFile(text));
  }
  return table;
}

function isAlgorithm(text: string): text is HashAlgorithm {
  return Object.hasOwn(digits, text);
}
