import { isIP } from "node:net";
import type { ParameterKind } from "./parameters.js";

/** What oslo takes for true and false (`strutils.bool_from_string`, oslo.config's types.Boolean). */
const trues = /^(?:true|1|on|yes|t|y)$/i;
const falses = /^(?:false|0|off|no|f|n)$/i;

/** True for what oslo takes for true. */
export function isTrue(value: string): boolean {
  return trues.test(value.trim());
}

/** What is wrong with a value of that kind; undefined where nothing is. Completes the sentence "a value that ...". */
export function complaintAbout(kind: ParameterKind, value: string): string | undefined {
  if (typeof kind === "object") return "choices" in kind ? choice(kind.choices, value) : count(kind, value);
  switch (kind) {
    case "url":
      return value.split(",").every((one) => one === "mdns" || isHttp(one))
        ? undefined
        : "is no http:// or https:// address, nor mdns";
    case "boolean":
      return trues.test(value) || falses.test(value) ? undefined : "is neither true nor false";
    case "number":
      return /^\d+(?:\.\d+)?$/.test(value) ? undefined : "is no number";
    case "port":
      return count({ least: 0, most: 65_535 }, value);
    case "address":
      return isIP(value) === 0 ? "is no IP address, which the agent needs to make its certificate for it" : undefined;
    default:
      return undefined;
  }
}

function choice(choices: readonly string[], value: string): string | undefined {
  return choices.includes(value) ? undefined : `is none of ${choices.join(", ")}`;
}

function count({ least, most }: { readonly least: number; readonly most?: number }, value: string): string | undefined {
  if (!/^\d+$/.test(value)) return "is no whole number";
  if (Number(value) < least) return `is less than ${least}`;
  return most !== undefined && Number(value) > most ? `is more than ${most}` : undefined;
}

function isHttp(text: string): boolean {
  return /^https?:\/\/./.test(text) && URL.canParse(text);
}
