/** A path with query in which no token can be read. */
export function redactPath(path: string): string {
  return path.replaceAll(/((?:^|[?&])[^=&]*token[^=&]*=)[^&]*/gi, "$1******");
}

/** A text in which the secret, where there is one, cannot be read. */
export function redactText(text: string, secret: string | undefined): string {
  return secret === undefined || secret === "" ? text : text.replaceAll(secret, "******");
}

/** A text of others, such as a machine's log, in which neither these secrets nor anything that is called a token can be read. */
export function redactLog(text: string, secrets: Iterable<string>): string {
  let clean = text.replaceAll(/(token["']?\s*[=:]\s*["']?)[\w-]{16,}/gi, "$1******");
  for (const secret of secrets) clean = redactText(clean, secret);
  return clean;
}
