import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { writeFileAtomic } from "@ipa-br/kconfig/node";
import { ensureFolder } from "../ensure-folder.js";
import type { Environment, ProgramAnswer, ProgramAnswers } from "../types.js";
import { runShort } from "./short.js";

interface KeptAnswer extends ProgramAnswer {
  /** Milliseconds since the epoch. */
  readonly at: number;
}

const version = 1;
/** What could not be seen to change is asked for anew so often, milliseconds. */
const longestMs = 24 * 60 * 60 * 1000;

/** Variables that a compiler, Perl, git or a locale's answer may depend on. */
const relevant =
  /^(?:PATH|HOME|LD_.*|PERL.*|GCC_.*|COMPILER_PATH|LIBRARY_PATH|(?:C|CPLUS_INCLUDE_|C_INCLUDE_)PATH|CCACHE_.*|LOCPATH|LANG.*|LC_.*|GIT_.*|JAVA.*|_JAVA.*|JDK_.*|PYTHON.*|MAKEFLAGS)$/;

/** A package that comes or goes changes one of these: the package managers' own records, and the locales. */
const records = [
  "/var/lib/dpkg/status",
  "/var/lib/rpm/rpmdb.sqlite",
  "/usr/lib/sysimage/rpm/rpmdb.sqlite",
  "/var/lib/pacman/local",
  "/lib/apk/db/installed",
  "/usr/lib/apk/db/installed",
  "/usr/lib/locale",
  "/usr/lib/locale/locale-archive",
];

/** Answers that nobody keeps: each question is asked once. */
export function freshAnswers(): ProgramAnswers {
  return answers(new Map(), () => Promise.resolve());
}

/**
 * Answers that a file keeps. One counts for the same program (by inode, size and times), arguments, input and environment, while no
 * package of the machine has come or gone, and for a day at most. Only what a program said with exit code 0 is kept.
 */
export async function keptAnswers(path: string): Promise<ProgramAnswers> {
  const known = parsed(await readFile(path, "utf8").catch(() => ""));
  return answers(known, async (all) => {
    const text = JSON.stringify({ version, answers: Object.fromEntries(all) });
    try {
      await ensureFolder(dirname(path));
      await writeFileAtomic(path, `${text}\n`);
    } catch {
      // The next process asks again.
    }
  });
}

function answers(
  known: Map<string, KeptAnswer>,
  write: (all: ReadonlyMap<string, KeptAnswer>) => Promise<void>,
): ProgramAnswers {
  const asked = new Map<string, Promise<ProgramAnswer>>();
  const learned = new Map<string, KeptAnswer>();
  const machine = records.map(stampOf).join("\n");
  const run = async (key: string, ...question: Parameters<typeof runShort>): Promise<ProgramAnswer> => {
    const answer = await runShort(...question);
    if (answer.exitCode === 0) learned.set(key, { ...answer, at: Date.now() });
    return answer;
  };
  return {
    ask(file, args, env, input) {
      const key = keyOf([machine, stampOf(file), file, ...args, input ?? "", environmentOf(env)]);
      const kept = known.get(key);
      if (kept !== undefined && Date.now() - kept.at < longestMs && kept.at <= Date.now()) return Promise.resolve(kept);
      const answer = asked.get(key) ?? run(key, file, args, env, input);
      asked.set(key, answer);
      return answer;
    },
    async keep() {
      if (learned.size === 0) return;
      const fresh = [...known].filter(([, { at }]) => Date.now() - at < longestMs);
      await write(new Map([...fresh, ...learned]));
    },
  };
}

function environmentOf(env: Environment): string {
  return Object.entries(env)
    .filter(([name, value]) => value !== undefined && relevant.test(name))
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join("\n");
}

/** What tells a file from one that took its place; "none" where there is none. */
function stampOf(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? "none" : `${found.dev}:${found.ino}:${found.size}:${found.mtimeMs}:${found.ctimeMs}`;
}

function keyOf(parts: readonly string[]): string {
  return createHash("sha256").update(parts.join("\u0000")).digest("hex");
}

function parsed(text: string): Map<string, KeptAnswer> {
  try {
    const value = JSON.parse(text) as { readonly version?: unknown; readonly answers?: Record<string, KeptAnswer> };
    if (value.version !== version) return new Map();
    return new Map(
      Object.entries(value.answers ?? {}).filter(
        ([, { exitCode, output, at }]) => exitCode === 0 && typeof output === "string" && typeof at === "number",
      ),
    );
  } catch {
    return new Map();
  }
}
