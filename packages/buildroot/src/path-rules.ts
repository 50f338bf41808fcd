import { isAbsolute } from "node:path";

const forbidden = /[\s\u0000-\u001f\u007f:#$%;'"`\\*?[\](){}&|<>~!,=^]/u;

/**
 * Why make and Buildroot cannot work with a path, in half a sentence; undefined if they can. With a space Buildroot writes
 * elsewhere and reports success; the other characters mean something to make, to the shell or to BR2_EXTERNAL's list.
 */
export function pathProblem(path: string): string | undefined {
  if (path === "") return "is empty";
  if (!isAbsolute(path)) return "is not absolute";
  const found = forbidden.exec(path)?.[0];
  if (found === undefined) return undefined;
  return `contains ${describe(found)}, which Buildroot cannot work with`;
}

/** The same for an output folder, where Buildroot refuses `@` as well (its Makefile: gcc fails to build there). */
export function outputPathProblem(path: string): string | undefined {
  return (
    pathProblem(path) ?? (path.includes("@") ? "contains the character @, which Buildroot cannot build in" : undefined)
  );
}

function describe(character: string): string {
  if (character === " ") return "a space";
  if (character === "\t") return "a tab";
  if (character === "\n") return "a line break";
  const code = character.codePointAt(0)!;
  return code < 0x20 || code === 0x7f ? `the control character ${code}` : `the character ${character}`;
}
