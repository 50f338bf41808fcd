import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root, without a trailing slash. */
export const repository: string = fileURLToPath(new URL("../../..", import.meta.url)).replace(/\/$/, "");

export interface Document {
  /** Path from the repository's root. */
  readonly path: string;
  readonly text: string;
}

/** Every Markdown file that git knows or would add. */
export function documents(): readonly Document[] {
  const list = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.md"], {
    cwd: repository,
    encoding: "utf8",
  });
  return list
    .split("\n")
    .filter((path) => path !== "" && !path.startsWith(".changeset/") && !path.endsWith("CHANGELOG.md"))
    .map((path) => ({ path, text: readFileSync(join(repository, path), "utf8") }));
}

/** A line that somebody is told to type. */
export interface TypedCommand {
  readonly document: string;
  readonly line: number;
  readonly text: string;
}

/** The lines of every `sh` fence, comments and continuation lines removed. */
export function typedCommands(document: Document): readonly TypedCommand[] {
  const commands: TypedCommand[] = [];
  let inside = false;
  document.text.split("\n").forEach((raw, index) => {
    if (raw.startsWith("```")) inside = raw === "```sh";
    else if (inside) {
      const text = raw.replace(/\s+#.*$/, "").trim();
      if (text !== "" && !text.startsWith("#")) commands.push({ document: document.path, line: index + 1, text });
    }
  });
  return commands;
}
