/** A MAC address in lower case with colons, or undefined if the text is none. Hyphens do for colons, as in Ironic. */
export function normalizeMac(text: string): string | undefined {
  const mac = text.trim().toLowerCase().replaceAll("-", ":");
  return /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/.test(mac) ? mac : undefined;
}

/** The MAC addresses among the texts; the others are left out. */
export function validMacs(texts: readonly string[]): readonly string[] {
  return texts.map(normalizeMac).filter((mac) => mac !== undefined);
}
