import { readFile } from "node:fs/promises";
import { outputLayout } from "./layout.js";

/** A file that a configuration was made with, and its SHA-256 then. */
export interface InputFile {
  readonly path: string;
  readonly sha256: string;
}

/** What the configuration of an output folder was made with. */
export interface ConfigurationInputs {
  readonly defconfig: InputFile | undefined;
  readonly fragments: readonly InputFile[];
}

/** Reads what `configure` noted; nothing for a folder that was configured by hand. */
export async function readInputs(output: string): Promise<ConfigurationInputs> {
  const text = await readFile(outputLayout(output).inputs, "utf8").catch(() => undefined);
  if (text === undefined) return { defconfig: undefined, fragments: [] };
  const { defconfig, fragments = [] } = JSON.parse(text) as Partial<ConfigurationInputs>;
  return { defconfig, fragments };
}
