/**
 * A value inside an option such as `file=VALUE,format=raw`: QEMU ends a value at a comma and reads a doubled comma
 * as one (qemu(1), "-drive": "use `,,` for a comma in the file name").
 */
export function optionValue(value: string): string {
  return value.replaceAll(",", ",,");
}

/** `first,key=value,...`; keys whose value is undefined are left out, values are escaped. */
export function optionList(
  first: string,
  entries: Readonly<Record<string, string | number | boolean | undefined>> = {},
): string {
  const parts = [first];
  for (const [key, value] of Object.entries(entries)) {
    if (value === undefined) continue;
    const printed = typeof value === "boolean" ? (value ? "on" : "off") : String(value);
    parts.push(`${key}=${optionValue(printed)}`);
  }
  return parts.join(",");
}

/** QEMU reads `name:rest` as a protocol unless a slash comes before the colon (block.c, path_has_protocol()). */
export function localFile(file: string): string {
  return /^[^/]*:/.test(file) ? `./${file}` : file;
}
