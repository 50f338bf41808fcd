import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";

/** The algorithms that Buildroot knows (support/download/check-hash). */
export type HashAlgorithm = "md5" | "sha1" | "sha224" | "sha256" | "sha384" | "sha512";

export interface FileHash {
  readonly algorithm: HashAlgorithm;
  /** Lower-case hexadecimal digits. */
  readonly value: string;
}

/** Strongest first; what stands after sha224 can be forged. */
const strength: readonly HashAlgorithm[] = ["sha512", "sha384", "sha256", "sha224", "sha1", "md5"];

/** The hash that a file is known by: SHA-256 where there is one, since archives list that, else the strongest that nobody can forge. */
export function strongHash(hashes: readonly FileHash[]): FileHash | undefined {
  const wanted: readonly HashAlgorithm[] = ["sha256", ...strength.slice(0, 4)];
  for (const algorithm of wanted) {
    const found = hashes.find((hash) => hash.algorithm === algorithm);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** True for a file that has to be looked for by its name: it has a hash, but not the one that archives list. */
export function isKnownByNameOnly(hashes: readonly FileHash[]): boolean {
  const hash = strongHash(hashes);
  return hash !== undefined && hash.algorithm !== "sha256";
}

export async function digestOf(path: string, algorithm: HashAlgorithm): Promise<string> {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}

/** The first of the hashes that a file does not have; undefined if it has them all. Throws if it cannot be read. */
export async function mismatch(
  path: string,
  hashes: readonly FileHash[],
): Promise<{ readonly expected: FileHash; readonly got: string } | undefined> {
  for (const expected of hashes) {
    const got = await digestOf(path, expected.algorithm);
    if (got !== expected.value) return { expected, got };
  }
  return undefined;
}

/** For people: "SHA-256". */
export function hashTitle(algorithm: HashAlgorithm): string {
  return algorithm === "md5" ? "MD5" : `SHA-${algorithm.slice(3)}`;
}
