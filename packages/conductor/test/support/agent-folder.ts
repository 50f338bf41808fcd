import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

const version = "13.0.0";

/** Under the repository's ignored folder: fetched once, used by every run. */
const cache = fileURLToPath(new URL("../../../../.cache/conductor/", import.meta.url));

/** A virtual environment with the agent, or why it cannot be had. */
export type AgentFolder = { readonly venv: string } | { readonly unavailable: string };

let known: Promise<AgentFolder> | undefined;

/** The agent from PyPI. */
export function agentFolder(): Promise<AgentFolder> {
  known ??= findFolder();
  return known;
}

async function findFolder(): Promise<AgentFolder> {
  const venv = join(cache, `agent-${version}`);
  if (existsSync(venv)) return { venv };
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(join(cache, "new-"));
  try {
    const problem = await install(join(work, "venv"));
    if (problem !== undefined) return { unavailable: problem };
    // Somebody else may have been quicker: either is as good.
    await rename(join(work, "venv"), venv).catch((error: unknown) => {
      if (!existsSync(venv)) throw error;
    });
    return { venv };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function install(venv: string): Promise<string | undefined> {
  try {
    await run("python3", ["-m", "venv", venv], { timeout: 300_000 });
  } catch (error) {
    return `python3 -m venv does not work (Debian: apt-get install python3-venv): ${lastLine(error)}`;
  }
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--retries", "1"];
  try {
    await run(join(venv, "bin/python"), [...pip, `ironic-python-agent==${version}`], { timeout: 1_200_000 });
  } catch (error) {
    return `pip cannot install ironic-python-agent ${version}: ${lastLine(error)}`;
  }
  return undefined;
}

function lastLine(error: unknown): string {
  const text = error instanceof Error && "stderr" in error ? String(error.stderr) || error.message : String(error);
  return text.trim().split("\n").at(-1) ?? "";
}
