import { satisfies } from "./version.js";

/** What a marker asks for: `python_version`, `sys_platform`, `extra`, ... */
export type MarkerEnvironment = Readonly<Record<string, string>>;

/** The environment of a Linux image with that Python. */
export function linuxEnvironment(pythonVersion: string): MarkerEnvironment {
  return {
    ...{ python_version: pythonVersion, python_full_version: `${pythonVersion}.0`, sys_platform: "linux" },
    ...{ platform_system: "Linux", platform_machine: "x86_64", platform_python_implementation: "CPython" },
    ...{ implementation_name: "cpython", implementation_version: `${pythonVersion}.0`, os_name: "posix" },
    ...{ platform_release: "", platform_version: "", extra: "" },
  };
}

/** Characters of the longest marker that is looked at: nobody's is as long. */
const longestMarker = 2000;

/** True if a marker (PEP 508) holds. One that is not understood does: the requirement then counts. */
export function markerHolds(marker: string, environment: MarkerEnvironment): boolean {
  if (marker.length > longestMarker) return true;
  const tokens = marker.match(/\(|\)|"[^"]*"|'[^']*'|[<>=!~]=?=?|[\w.]+/g) ?? [];
  let at = 0;
  const next = () => tokens[at++];
  const either = (): boolean => {
    let value = both();
    while (tokens[at] === "or") {
      at += 1;
      const right = both();
      value ||= right;
    }
    return value;
  };
  const both = (): boolean => {
    let value = one();
    while (tokens[at] === "and") {
      at += 1;
      const right = one();
      value &&= right;
    }
    return value;
  };
  const one = (): boolean => {
    if (tokens[at] === "(") {
      at += 1;
      const value = either();
      at += 1;
      return value;
    }
    const left = valueOf(next(), environment);
    const operator = next() === "not" ? `not ${next()}` : tokens[at - 1];
    return compareValues(left, operator ?? "", valueOf(next(), environment));
  };
  return either();
}

function valueOf(token: string | undefined, environment: MarkerEnvironment): string {
  if (token === undefined) return "";
  return /^["']/.test(token) ? token.slice(1, -1) : (environment[token] ?? "");
}

function compareValues(left: string, operator: string, right: string): boolean {
  if (operator === "in") return right.includes(left);
  if (operator === "not in") return !right.includes(left);
  if (/^\d/.test(left) && /^\d/.test(right)) return satisfies(left, `${operator}${right}`);
  if (operator === "==" || operator === "===") return left === right;
  if (operator === "!=") return left !== right;
  return true;
}
