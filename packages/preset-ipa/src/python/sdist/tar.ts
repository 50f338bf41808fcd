/** The regular files of a tar archive: ustar, with the long names of pax and of GNU tar. */
import { gunzipSync } from "node:zlib";

const block = 512;

/** Files of a gzipped tar archive by path, without the one folder that everything is in. */
export function readTarball(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  for (const [path, data] of entries(gunzipSync(bytes))) {
    const inside = path.replace(/^(?:\.\/)?[^/]+\//, "");
    if (inside !== "") files.set(inside, data);
  }
  return files;
}

function* entries(archive: Uint8Array): Generator<[path: string, data: Uint8Array]> {
  let longName: string | undefined;
  for (let offset = 0; offset + block <= archive.length;) {
    const header = archive.subarray(offset, offset + block);
    const name = text(header, 0, 100);
    if (name === "") return;
    const size = Number.parseInt(text(header, 124, 12).trim() || "0", 8);
    const type = String.fromCharCode(header[156] ?? 0);
    const data = archive.subarray(offset + block, offset + block + size);
    offset += block + Math.ceil(size / block) * block;

    if (type === "x") longName = paxPath(data) ?? longName;
    else if (type === "L") longName = text(data, 0, data.length);
    else if (type !== "g") {
      const prefix = text(header, 257, 5) === "ustar" ? text(header, 345, 155) : "";
      if (type === "0" || type === "\0") yield [longName ?? (prefix === "" ? name : `${prefix}/${name}`), data];
      longName = undefined;
    }
  }
}

function text(bytes: Uint8Array, start: number, length: number): string {
  const field = bytes.subarray(start, start + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end === -1 ? field : field.subarray(0, end));
}

/** Records are "LENGTH KEY=VALUE\n", the length counted in bytes and itself included. */
function paxPath(bytes: Uint8Array): string | undefined {
  for (let offset = 0; offset < bytes.length;) {
    const length = Number.parseInt(text(bytes, offset, 20), 10);
    if (!(length > 0)) return undefined;
    const record = text(bytes, offset, length - 1);
    const value = /^\d+ path=(.*)$/s.exec(record)?.[1];
    if (value !== undefined) return value;
    offset += length;
  }
  return undefined;
}
