/** Text that is HTML already. */
export interface Html {
  readonly html: string;
}

type Part = string | number | Html | readonly Html[];

/** A template whose parts are escaped unless they are HTML themselves. */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  let text = strings[0]!;
  for (const [index, part] of parts.entries()) text += show(part) + strings[index + 1]!;
  return { html: text };
}

export const nothing: Html = { html: "" };

function show(part: Part): string {
  if (typeof part === "string" || typeof part === "number") return escape(String(part));
  if (Array.isArray(part)) return part.map((one: Html) => one.html).join("");
  return (part as Html).html;
}

function escape(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replaceAll(/[&<>"']/g, (character) => entities[character]!);
}
