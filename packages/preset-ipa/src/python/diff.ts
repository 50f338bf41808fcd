import type { FileChange } from "./update.js";

/** Lines around a change that are shown too. */
const context = 2;

/** A change as a unified diff without line numbers; a file that comes or goes shows its lines all the same. */
export function formatChange({ path, before, after }: FileChange): string {
  const lines = difference(split(before), split(after));
  const shown = lines.map(
    ({ sign }, index) =>
      sign !== " " || lines.slice(Math.max(0, index - context), index + context + 1).some((line) => line.sign !== " "),
  );
  const body = lines.flatMap(({ sign, text }, index) => {
    if (shown[index] !== true) return [];
    return index > 0 && shown[index - 1] !== true ? ["@@", `${sign}${text}`] : [`${sign}${text}`];
  });
  const names = [
    before === undefined ? "--- /dev/null" : `--- ${path}`,
    after === undefined ? "+++ /dev/null" : `+++ ${path}`,
  ];
  return [...names, ...body].join("\n");
}

interface Line {
  readonly sign: " " | "-" | "+";
  readonly text: string;
}

function split(text: string | undefined): readonly string[] {
  return text === undefined || text === "" ? [] : text.replace(/\n$/, "").split("\n");
}

/** By the longest common subsequence of the lines between the equal beginning and the equal end. */
function difference(before: readonly string[], after: readonly string[]): readonly Line[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  while (
    end < before.length - start &&
    end < after.length - start &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  )
    end += 1;
  const same = (texts: readonly string[]): Line[] => texts.map((text) => ({ sign: " ", text }));
  return [
    ...same(before.slice(0, start)),
    ...longest(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...same(before.slice(before.length - end)),
  ];
}

function longest(before: readonly string[], after: readonly string[]): Line[] {
  const width = after.length + 1;
  const lengths = new Uint32Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] =
        before[i] === after[j]
          ? lengths[(i + 1) * width + j + 1]! + 1
          : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!);
    }
  }
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      lines.push({ sign: " ", text: before[i]! });
      i += 1;
      j += 1;
    } else if (
      j >= after.length ||
      (i < before.length && lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!)
    ) {
      lines.push({ sign: "-", text: before[i]! });
      i += 1;
    } else {
      lines.push({ sign: "+", text: after[j]! });
      j += 1;
    }
  }
  return lines;
}
