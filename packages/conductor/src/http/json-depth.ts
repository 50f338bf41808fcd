import type { Fault } from "../nodes/fault.js";

/** Ironic's limit (`[api]max_json_body_depth`) and words (`ironic/api/middleware/json_depth.py`). */
export const deepestJson = 25;
export const tooDeep: Fault = {
  ...{ fault: true, bare: true, status: 400 },
  faultstring: "Request body JSON is nested too deeply. Please contact the service administrator.",
};

/** How deep the brackets of a JSON text are nested, also where the text is broken. Brackets within strings do not count. */
export function jsonDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let index = 0; index < text.length; index += 1) {
    const char = text[index];
    if (inString) {
      if (char === "\\") index += 1;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === "{" || char === "[") deepest = Math.max(deepest, (depth += 1));
    else if (char === "}" || char === "]") depth -= 1;
  }
  return deepest;
}
