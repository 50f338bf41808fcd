import { BuildrootError } from "../errors.js";
import { parallelFlags } from "../make-arguments.js";
import type { Environment } from "../types.js";

/**
 * Throws ENVIRONMENT_INVALID for a PATH or LD_LIBRARY_PATH with an element that support/dependencies/dependencies.sh stops
 * at: the current folder (empty or `.`), and in PATH white space. MAKEFLAGS_PARALLEL for jobs in MAKEFLAGS.
 */
export function checkEnvironment(env: Environment): void {
  for (const variable of ["PATH", "LD_LIBRARY_PATH"] as const) {
    const value = env[variable];
    if (value === undefined || (variable === "LD_LIBRARY_PATH" && value === "")) continue;
    const problems = elementProblems(variable, value);
    if (problems.length === 0) continue;
    throw new BuildrootError(
      "ENVIRONMENT_INVALID",
      `${variable} cannot be used with Buildroot: ${problems.join("; ")}.`,
      {
        hint: `Set it without: export ${variable}=${shellQuote(cleaned(value))}`,
        details: { variable, value, problems },
      },
    );
  }
  const parallel = parallelFlags(env);
  if (parallel === undefined) return;
  const { variable, value } = parallel;
  throw new BuildrootError("MAKEFLAGS_PARALLEL", `${variable} is "${value}", but Buildroot chooses its jobs itself.`, {
    hint: `unset ${variable}, and ask for jobs with the "jobs" option of build.`,
    details: { variable, value },
  });
}

function elementProblems(variable: string, value: string): string[] {
  return value.split(":").flatMap((element, index) => {
    const place = `element ${index + 1}`;
    if (element === "") return [`${place} is empty, which means the current folder`];
    if (element === ".") return [`${place} is ".", the current folder`];
    if (variable === "PATH" && /\s/.test(element)) return [`${place} "${element}" contains white space`];
    return [];
  });
}

function cleaned(value: string): string {
  return value
    .split(":")
    .filter((element) => element !== "" && element !== "." && !/\s/.test(element))
    .join(":");
}

function shellQuote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
