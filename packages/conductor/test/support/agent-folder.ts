import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

export const agentVersion = "13.0.0";

const folder = fileURLToPath(
  new URL(`../../../../.cache/conductor/ironic-python-agent-${agentVersion}`, import.meta.url),
);

/** The agent from PyPI in a virtual environment in the repository's cache, or why it cannot be had. */
export async function agentFolder(): Promise<{ readonly venv: string } | { readonly unavailable: string }> {
  const venv = join(folder, "venv");
  const complete = join(folder, "complete");
  if (existsSync(complete)) return { venv };
  await rm(venv, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  try {
    await run("python3", ["-m", "venv", venv], { timeout: 300_000 });
  } catch (error) {
    return { unavailable: `python3 -m venv does not work: ${firstLine(error)}` };
  }
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
  try {
    await run(join(venv, "bin/python"), [...pip, `ironic-python-agent==${agentVersion}`], { timeout: 1_200_000 });
  } catch (error) {
    return { unavailable: `pip cannot install ironic-python-agent ${agentVersion}: ${firstLine(error)}` };
  }
  await writeFile(complete, "");
  return { venv };
}

function firstLine(error: unknown): string {
  const text = error instanceof Error && "stderr" in error ? String(error.stderr) || error.message : String(error);
  return text.trim().split("\n").at(-1) ?? "";
}
