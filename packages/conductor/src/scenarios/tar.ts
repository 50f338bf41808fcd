const block = 512;

/** The names of the files in a tar archive, as far as it is whole. Long names of GNU and pax come cut to their first 100 bytes. */
export function tarNames(archive: Buffer): readonly string[] {
  const names: string[] = [];
  for (let offset = 0; offset + block <= archive.length;) {
    const header = archive.subarray(offset, offset + block);
    const name = field(header, 0, 100);
    if (name === "") break;
    const size = Number.parseInt(field(header, 124, 12).trim() || "0", 8);
    if (!Number.isFinite(size)) break;
    const type = field(header, 156, 1);
    if (type === "" || type === "0") names.push(name);
    offset += block + Math.ceil(size / block) * block;
  }
  return names;
}

function field(header: Buffer, start: number, length: number): string {
  const bytes = header.subarray(start, start + length);
  const end = bytes.indexOf(0);
  return bytes.subarray(0, end === -1 ? length : end).toString("utf8");
}
