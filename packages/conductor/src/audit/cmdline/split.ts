/** A word of a command line. */
export interface Word {
  /** Before the first `=`; the whole word where there is none. */
  readonly name: string;
  /** Behind the first `=`, as it stands there; undefined where there is none. */
  readonly value: string | undefined;
}

/** The words as the agent splits them: at white space, whatever is quoted (its `utils.py`, `_read_params_from_file`). */
export function splitAsAgent(text: string): readonly Word[] {
  return text
    .split(/\s+/)
    .filter((word) => word !== "")
    .map(wordOf);
}

/** The words as the kernel splits them: white space between double quotes splits nothing (`lib/cmdline.c`, next_arg). */
export function splitAsKernel(text: string): readonly Word[] {
  return (text.match(/(?:"[^"]*(?:"|$)|[^\s"])+/g) ?? []).map(wordOf);
}

function wordOf(word: string): Word {
  const equals = word.indexOf("=");
  return equals === -1
    ? { name: word, value: undefined }
    : { name: word.slice(0, equals), value: word.slice(equals + 1) };
}
