/** True for what Ironic takes as a UUID: 32 hexadecimal digits, hyphens wherever they are. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{32}$/i.test(
    text
      .replace(/^urn:/i, "")
      .replace(/^uuid:/i, "")
      .replaceAll(/[-{}]/g, ""),
  );
}

/** True for a logical name: a host name by RFC 3986's unreserved characters. */
export function isLogicalName(text: string): boolean {
  return /^[\w.~-]{1,255}$/.test(text);
}
