import { createHash } from "node:crypto";
import { appendFileSync, mkdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import type { Environment } from "../base/environment.js";
import type { ShellResult } from "../base/host.js";

/** Where a shell runs its commands. */
export interface ShellPlace {
  readonly env: Environment;
  /** The folder in which the commands run, absolute. */
  readonly cwd: string;
  /** `latin1`: the characters of commands are bytes. Default: `utf8`. */
  readonly encoding?: "utf8" | "latin1";
}

/** Variables that differ from one start to the next and that no probe looks at. */
const volatile = new Set([
  "_",
  "COLUMNS",
  "LINES",
  "MAKEFLAGS",
  "MAKELEVEL",
  "MFLAGS",
  "OLDPWD",
  "PWD",
  "SHLVL",
  "TERM",
]);
/** What compilers start without being told. */
const hidden = ["as", "ld", "ld.bfd", "ld.lld"];
const sizeLimit = 4 * 1024 * 1024;

/** What commands gave before, for a host. */
export interface KnownAnswers {
  /** How many answers there are, valid or not. */
  readonly size: number;
  get(command: string): ShellResult | undefined;
  set(command: string, result: ShellResult): unknown;
}

interface Entry {
  readonly command: string;
  readonly tools: string;
  readonly result: ShellResult;
}

/**
 * What commands gave before, in a file of `folder` for each environment and working folder. An answer counts while every
 * program and file that its command names, and the assembler and linkers behind a compiler, are the same (size and time).
 */
export class ShellCache implements KnownAnswers {
  readonly #file: string;
  readonly #folder: string;
  readonly #place: ShellPlace;
  readonly #entries = new Map<string, Entry>();
  readonly #identities = new Map<string, string>();
  #writable = true;

  constructor(folder: string, place: ShellPlace) {
    const variables = Object.entries(place.env)
      .filter(([name, value]) => value !== undefined && !volatile.has(name))
      .sort(([one], [other]) => (one < other ? -1 : 1));
    const key = createHash("sha256")
      .update(JSON.stringify([place.cwd, variables]))
      .digest("hex");
    this.#folder = folder;
    this.#file = join(folder, `${key.slice(0, 32)}.shell`);
    this.#place = place;
    this.#read();
  }

  get size(): number {
    return this.#entries.size;
  }

  /** The answer to a command; `undefined` where there is none or one of its tools has changed. */
  get(command: string): ShellResult | undefined {
    const entry = this.#entries.get(command);
    return entry !== undefined && entry.tools === this.#tools(command) ? entry.result : undefined;
  }

  set(command: string, result: ShellResult): void {
    const entry: Entry = { command, tools: this.#tools(command), result };
    this.#entries.set(command, entry);
    if (!this.#writable) return;
    try {
      mkdirSync(this.#folder, { recursive: true });
      appendFileSync(this.#file, `${JSON.stringify(entry)}\n`, { mode: 0o600 });
    } catch {
      // a cache that cannot be written is none
      this.#writable = false;
    }
  }

  #read(): void {
    try {
      if (statSync(this.#file).size > sizeLimit) return rmSync(this.#file);
      for (const line of readFileSync(this.#file, "utf8").split("\n")) {
        if (line === "") continue;
        const entry = JSON.parse(line) as Entry;
        this.#entries.set(entry.command, entry);
      }
    } catch {
      // no file yet, or one that was cut off: what was read so far is whole
    }
  }

  /** Tells one state of what the command uses from the next. */
  #tools(command: string): string {
    const words = new Set([...command.split(/[^\w./+-]+/), ...hidden]);
    const identities = [...words].map((word) => this.#identity(word)).filter((identity) => identity !== "");
    return createHash("sha256").update(identities.join("\n")).digest("base64");
  }

  #identity(word: string): string {
    let identity = this.#identities.get(word);
    if (identity === undefined) {
      identity = this.#look(word);
      this.#identities.set(word, identity);
    }
    return identity;
  }

  #look(word: string): string {
    if (word === "") return "";
    const { cwd, env } = this.#place;
    const folders = word.includes("/")
      ? [cwd]
      : (env["PATH"] ?? "").split(delimiter).map((folder) => resolve(cwd, folder));
    for (const folder of folders) {
      const path = resolve(folder, word);
      const found = statSync(path, { throwIfNoEntry: false });
      if (found?.isFile() === true) return `${path} ${found.size} ${found.mtimeMs}`;
    }
    return "";
  }
}
