/** A path whose characters are bytes, as the system takes it: paths need not be UTF-8. */
export const bytesOf = (path: string): Buffer => Buffer.from(path, "latin1");
