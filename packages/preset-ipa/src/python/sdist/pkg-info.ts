/** The header of PKG-INFO: fields with the values they have, in the order of the file. Source: core metadata specification. */
export function parsePkgInfo(text: string): ReadonlyMap<string, readonly string[]> {
  const fields = new Map<string, string[]>();
  let current: string[] | undefined;
  for (const line of text.replaceAll("\r\n", "\n").split("\n")) {
    if (line === "") break;
    const match = /^([A-Za-z][A-Za-z0-9-]*):\s?(.*)$/.exec(line);
    if (match === null) {
      // A continuation: indented, and of the field above.
      if (current !== undefined) current[current.length - 1] += `\n${line.trim()}`;
      continue;
    }
    const name = match[1]!.toLowerCase();
    current = fields.get(name) ?? [];
    current.push(match[2]!);
    fields.set(name, current);
  }
  return fields;
}
