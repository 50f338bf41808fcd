import { check, type Check, type Rule } from "./context.js";

const script = "support/dependencies/dependencies.sh";

const shellQuote = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

/** A list of folders without the elements that a test refuses, as a command. */
function exportOf(variable: string, value: string, bad: (element: string) => boolean): string {
  const kept = value.split(":").filter((element) => element !== "" && !bad(element));
  return `export ${variable}=${shellQuote([...new Set(kept)].join(":"))}`;
}

const isHere = (element: string): boolean => element === "" || element === ".";
const isWindows = (element: string): boolean => /^\/mnt\/[a-z](?:\/|$)|\\/.test(element);

function pathChecks(path: string): Check[] {
  const elements = path.split(":");
  const bad = (element: string): boolean => isHere(element) || /\s/.test(element) || isWindows(element);
  const command = exportOf("PATH", path, bad);
  const here = elements.some(isHere)
    ? ({
        severity: "error",
        message: 'PATH has an empty element or ".", the current folder.',
        why: "packages would run programs out of their own sources instead of the host's",
        source: script,
        command,
      } as const)
    : undefined;
  const spaced = elements.filter((element) => /\s/.test(element));
  const space =
    spaced.length > 0
      ? ({
          severity: "error",
          message: `PATH has an element with white space: "${spaced[0]}".`,
          why: "Buildroot's recipes do not quote PATH",
          source: script,
          command,
        } as const)
      : undefined;
  const windows = elements.filter((element) => isWindows(element));
  const foreign =
    windows.length > 0
      ? ({
          severity: "warning",
          message: `PATH leads into Windows: "${windows[0]}".`,
          why: "a Windows program of a known name would be taken for the host's, and each look-up is slow (WSL: appendWindowsPath=false in /etc/wsl.conf)",
          command,
        } as const)
      : undefined;
  return [check("path:here", here), check("path:space", space), check("path:windows", foreign)];
}

/** Variables that Buildroot or the packages cannot stand. */
export const environmentRule: Rule = async ({ options: { env } }) => {
  const checks = pathChecks(env["PATH"] ?? "");
  const libraries = env["LD_LIBRARY_PATH"];
  const libraryHere = libraries !== undefined && libraries !== "" && libraries.split(":").some(isHere);
  checks.push(
    check(
      "library-path:here",
      libraryHere
        ? {
            severity: "error",
            message: 'LD_LIBRARY_PATH has an empty element or ".", the current folder.',
            why: "programs would load libraries of whatever package is being built",
            source: script,
            command: /[^:.]/.test(libraries) ? exportOf("LD_LIBRARY_PATH", libraries, isHere) : "unset LD_LIBRARY_PATH",
          }
        : undefined,
    ),
  );
  const perl = env["PERL_MM_OPT"];
  checks.push(
    check(
      "environment:perl",
      perl !== undefined && perl !== ""
        ? {
            severity: "warning",
            message: `PERL_MM_OPT is set: "${perl}".`,
            why: "Perl modules would be installed elsewhere than in the output folder",
            command: "unset PERL_MM_OPT",
          }
        : undefined,
    ),
  );
  return checks;
};

/** The shell's umask: Buildroot sets its own, but what is in the trees and the download folder was made with this one. */
export const umaskRule: Rule = async ({ host: { umask } }) => [
  check(
    "umask",
    (umask & 0o022) === 0o022 && (umask & 0o755) === 0
      ? undefined
      : {
          severity: "note",
          message: `The umask is ${umask.toString(8).padStart(4, "0")}.`,
          why: "Buildroot builds with 0022, but an overlay's or external tree's files made with this one keep their odd modes on the target",
          source: "Makefile, REQ_UMASK",
          command: "umask 0022",
        },
  ),
];

/** A locale that is named and not there makes Perl and others complain in every step. */
export const localeRule: Rule = async ({ host, options: { env }, values }) => {
  const wanted = env["LC_ALL"] || env["LC_CTYPE"] || env["LANG"];
  const needsUtf8 = values.get("BR2_NEEDS_HOST_UTF8_LOCALE") === "y";
  const plain = wanted === undefined || /^(?:C|POSIX)$/.test(wanted);
  if (plain && !needsUtf8) return [check("locale")];
  const program = await host.find("locale");
  if (program === undefined) {
    if (!needsUtf8) return [check("locale")];
    const why = "the toolchain of this configuration makes locales";
    return [
      check("locale", {
        severity: "error",
        message: "locale is not installed.",
        why,
        source: script,
        needs: ["locale"],
      }),
    ];
  }
  const { output } = await host.run(program, ["-a"]);
  const same = (name: string): string => name.toLowerCase().replaceAll("-", "");
  const names = output.split("\n").map(same);
  const checks: Check[] = [];
  if (needsUtf8) {
    checks.push(
      check(
        "locale:utf8",
        names.some((name) => name.endsWith("utf8"))
          ? undefined
          : {
              severity: "error",
              message: "There is no UTF-8 locale.",
              why: "the toolchain of this configuration makes locales",
              source: script,
              needs: ["locale"],
            },
      ),
    );
  }
  checks.push(
    check(
      "locale",
      plain || names.includes(same(wanted))
        ? undefined
        : {
            severity: "warning",
            message: `The locale ${wanted} is not there.`,
            why: "Perl warns of it in every step, which hides real messages",
            command: "export LC_ALL=C",
          },
    ),
  );
  return checks;
};
