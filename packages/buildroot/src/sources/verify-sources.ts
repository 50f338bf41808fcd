import { stat } from "node:fs/promises";
import { join } from "node:path";
import { hashTitle, mismatch } from "./hash.js";
import { fetchAborted } from "./run-tool.js";
import type { SourceFile, SourcePlan, SourceVerdict } from "./source-types.js";

/** Compares the download folder with a plan: which files are there, and whether they are the right ones. Throws ABORTED. */
export async function verifySources(
  plan: SourcePlan,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<readonly SourceVerdict[]> {
  const verdicts: SourceVerdict[] = [];
  for (const file of plan.files) {
    if (signal?.aborted === true) throw fetchAborted(signal, "the sources");
    verdicts.push(await verifySource(plan, file));
  }
  return verdicts;
}

/** Where a file belongs: Buildroot looks for it there and nowhere else. */
export function sourcePath(plan: SourcePlan, file: SourceFile): string {
  return join(plan.dlDir, file.folder, file.name);
}

export async function verifySource(plan: SourcePlan, file: SourceFile): Promise<SourceVerdict> {
  const path = sourcePath(plan, file);
  if ((await stat(path).catch(() => undefined))?.isFile() !== true)
    return { file, path, state: "missing", reason: undefined };
  if (file.hashes.length === 0) return { file, path, state: "no-hash", reason: undefined };
  const wrong = await mismatch(path, file.hashes);
  if (wrong === undefined) return { file, path, state: "good", reason: undefined };
  const { algorithm, value } = wrong.expected;
  return { file, path, state: "wrong", reason: `its ${hashTitle(algorithm)} is ${wrong.got}, not ${value}` };
}
