import type { RecordedOutput } from "../types.js";

/** What a recording is played back in. */
export interface AsciicastOptions {
  /** 80 by 24 unless said otherwise. */
  readonly columns?: number;
  readonly rows?: number;
  readonly title?: string;
}

/** A console's recording as an asciicast file, version 2, which `asciinema play` and web players show. */
export function asciicast(recording: readonly RecordedOutput[], options: AsciicastOptions = {}): string {
  const { columns = 80, rows = 24, title } = options;
  const header = { version: 2, width: columns, height: rows, ...(title === undefined ? {} : { title }) };
  const events = recording.map(({ atMs, text }) => [atMs / 1000, "o", text]);
  return [header, ...events].map((line) => `${JSON.stringify(line)}\n`).join("");
}
