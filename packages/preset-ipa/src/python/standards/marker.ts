/**
 * Environment markers: the condition behind the semicolon of a requirement.
 * Source: the dependency specifiers specification of packaging.python.org (PEP 508).
 */
import { compareVersions, satisfies } from "./version.js";

/** Values of the variables that a marker may name; `extra` is empty, since no extra is installed. */
export type MarkerEnvironment = Readonly<Record<string, string>>;

/** A marker that is not of the specification's grammar. */
export class MarkerSyntaxError extends Error {
  override readonly name = "MarkerSyntaxError";
}

const token = /\s*(?:(and|or|not\s+in|in)\b|(===|==|~=|!=|<=|>=|<|>|\(|\))|'([^']*)'|"([^"]*)"|([a-z_][a-z0-9_.]*))/iy;

type Token = { readonly kind: "word" | "sign" | "text" | "name"; readonly text: string };

function tokens(marker: string): Token[] {
  const found: Token[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < marker.trimEnd().length) {
    const match = token.exec(marker);
    if (match === null) throw new MarkerSyntaxError(`not a marker: ${marker}`);
    const [, word, sign, single, double, name] = match;
    if (word !== undefined) found.push({ kind: "word", text: word.toLowerCase().replaceAll(/\s+/g, " ") });
    else if (sign !== undefined) found.push({ kind: "sign", text: sign });
    else if (name !== undefined) found.push({ kind: "name", text: name });
    else found.push({ kind: "text", text: single ?? double ?? "" });
  }
  return found;
}

/**
 * Whether a marker holds.
 * @throws MarkerSyntaxError for what is no marker, an unknown variable among it
 */
export function markerHolds(marker: string, environment: MarkerEnvironment): boolean {
  const rest = tokens(marker);
  const next = (text: string): boolean => {
    if (rest[0]?.kind === "text" || rest[0]?.text !== text) return false;
    rest.shift();
    return true;
  };

  function either(): boolean {
    let value = both();
    while (next("or")) value = both() || value;
    return value;
  }
  function both(): boolean {
    let value = one();
    while (next("and")) value = one() && value;
    return value;
  }
  function one(): boolean {
    if (next("(")) {
      const value = either();
      if (!next(")")) throw new MarkerSyntaxError(`a parenthesis is open: ${marker}`);
      return value;
    }
    const [left, operator, right] = [operand(), rest.shift(), operand()];
    if (operator === undefined || (operator.kind !== "word" && operator.kind !== "sign"))
      throw new MarkerSyntaxError(`no comparison: ${marker}`);
    return comparisonHolds(left, operator.text, right);
  }
  function operand(): string {
    const found = rest.shift();
    if (found?.kind === "text") return found.text;
    const value = found?.kind === "name" ? environment[found.text] : undefined;
    if (value === undefined) throw new MarkerSyntaxError(`not a variable of markers: ${found?.text ?? "nothing"}`);
    return value;
  }

  const value = either();
  if (rest.length > 0) throw new MarkerSyntaxError(`something follows the marker: ${marker}`);
  return value;
}

function comparisonHolds(left: string, operator: string, right: string): boolean {
  if (operator === "in") return right.includes(left);
  if (operator === "not in") return !right.includes(left);
  if (compareVersions(left, right.replace(/\.\*$/, "")) !== undefined) return satisfies(left, `${operator}${right}`);
  switch (operator) {
    case "==":
    case "===":
      return left === right;
    case "!=":
      return left !== right;
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
    default:
      return false;
  }
}

/** The environment of CPython on Linux. */
export function linuxEnvironment(python: string, machine: string): MarkerEnvironment {
  return {
    python_version: python.split(".").slice(0, 2).join("."),
    python_full_version: python,
    implementation_version: python,
    os_name: "posix",
    sys_platform: "linux",
    platform_system: "Linux",
    platform_machine: machine,
    platform_python_implementation: "CPython",
    implementation_name: "cpython",
    platform_release: "",
    platform_version: "",
    extra: "",
  };
}
