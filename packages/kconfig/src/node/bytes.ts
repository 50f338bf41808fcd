/** A text whose characters are the bytes of `text` in UTF-8. */
export const toBytes = (text: string): string => Buffer.from(text, "utf8").toString("latin1");

export const fromBytes = (text: string): string =>
  /[^\0-\x7f]/.test(text) ? Buffer.from(text, "latin1").toString("utf8") : text;

/** A path whose characters are bytes, as the system takes it: paths need not be UTF-8. */
export const bytesOf = (path: string): Buffer => Buffer.from(path, "latin1");
