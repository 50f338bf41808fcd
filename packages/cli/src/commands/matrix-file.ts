import { readFile } from "node:fs/promises";
import type { MatrixEntry } from "@ipa-br/buildroot";
import * as v from "valibot";
import { CliError } from "../errors.js";

const name = v.pipe(v.string(), v.nonEmpty());
const matrixSchema = v.strictObject({
  configurations: v.array(
    v.strictObject({
      name,
      defconfig: name,
      fragments: v.exactOptional(v.array(name)),
      set: v.exactOptional(v.record(v.string(), v.union([v.string(), v.number(), v.boolean()]))),
    }),
  ),
});

/** @throws CliError CONFIG_INVALID */
export async function readEntries(file: string): Promise<readonly MatrixEntry[]> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, "utf8"));
  } catch (cause) {
    throw new CliError("CONFIG_INVALID", `${file} cannot be read: ${(cause as Error).message}`, {
      hint: '{ "configurations": [{ "name": "a", "defconfig": "a_defconfig", "fragments": [], "set": {} }] }',
      cause,
    });
  }
  const result = v.safeParse(matrixSchema, value);
  if (result.success) return result.output.configurations;
  const [issue] = result.issues;
  const key = issue.path?.map((item) => String(item.key)).join(".") ?? "the file";
  throw new CliError("CONFIG_INVALID", `${file}: ${key}: ${issue.message}`, {
    hint: "each configuration has name and defconfig, and may have fragments and set",
  });
}
