/** A path with query in which no token can be read. */
export function redactPath(path: string): string {
  return path.replaceAll(/((?:^|[?&])[^=&]*token[^=&]*=)[^&]*/gi, "$1******");
}

/** A text in which the secret, where there is one, cannot be read. */
export function redactText(text: string, secret: string | undefined): string {
  return secret === undefined || secret === "" ? text : text.replaceAll(secret, "******");
}
