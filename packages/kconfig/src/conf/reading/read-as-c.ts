import type { Dialect } from "../../dialect/dialect.js";
import { sourcesOf, type SourceReader } from "../../model/source-reader.js";
import type { TreeRequest } from "../../model/tree-memory.js";
import { Entries } from "./entries.js";
import type { Grammar, GrammarHost } from "./grammar.js";
import { LegacyGrammar } from "./legacy-grammar.js";
import { LegacyLexer } from "./legacy-lexer.js";
import { refuseFolder } from "../early-exit.js";
import type { ConfVoice as Voice } from "../types.js";
import { ReadingStopped, type ReadLexer } from "./lexer.js";
import { LinuxGrammar } from "./linux-grammar.js";
import { LinuxLexer } from "./linux-lexer.js";

/** True for the dialects whose tools' words are known. */
export const hasReadingOf = ({ semantics }: Dialect): boolean => !semantics.kconfiglib;

/**
 * Reads the files of a tree as the dialect's tool does, and says what it says: about characters, syntax, macros, files
 * that are missing or include themselves, types and prompts. Returns whether the tool would go on.
 */
export function readAsC(options: TreeRequest, voice: Voice): boolean {
  return new Reading(options, voice).read();
}

class Reading {
  readonly #options: TreeRequest;
  readonly #voice: Voice;
  readonly #sources: SourceReader;
  readonly #lexer: ReadLexer;
  readonly #entries: Entries;
  readonly #grammar: Grammar;
  readonly #early: boolean;
  /** By path, where each file was sourced first. */
  readonly #seen: Map<string, string>;

  constructor(options: TreeRequest, voice: Voice) {
    const { dialect, env, host } = options;
    const { sources, name } = sourcesOf(options);
    const text = sources.text(name) ?? "";
    this.#options = options;
    this.#voice = voice;
    this.#sources = sources;
    this.#early = dialect.semantics.early;
    this.#seen = new Map([[name, ""]]);
    const parts = (lexer: ReadLexer): GrammarHost => ({
      lexer,
      entries: new Entries(lexer, env, dialect),
      source: (path) => this.#source(path),
    });
    const { macros, pathWords } = dialect.syntax;
    if (macros && !pathWords) {
      const lexer = new LinuxLexer(name, text, voice, dialect, { host, env });
      const { entries, source } = parts(lexer);
      const modern = dialect.semantics.choice === "modern";
      const { conditionalDepends, strictEntries: strict, wildcards } = dialect.syntax;
      this.#grammar = new LinuxGrammar(
        { lexer, entries, source },
        { modern, conditionalDepends, strict, sourceInChoice: wildcards !== false },
      );
      [this.#lexer, this.#entries] = [lexer, entries];
    } else {
      const lexer = new LegacyLexer(name, text, voice, dialect.syntax, this.#early, macros ? { host, env } : undefined);
      const whole = parts(lexer);
      this.#grammar = new LegacyGrammar(whole, this.#early, macros ? lexer : undefined);
      [this.#lexer, this.#entries] = [lexer, whole.entries];
    }
    if (dialect.semantics.unameSymbol) {
      const symbol = this.#entries.symbol("UNAME_RELEASE");
      symbol.type = "string";
      symbol.initial = env["UNAME_RELEASE"] ?? "";
    }
  }

  read(): boolean {
    try {
      this.#grammar.run();
      return this.#grammar.errors === 0;
    } catch (error) {
      if (!(error instanceof ReadingStopped)) throw error;
      return false;
    }
  }

  #source(written: string): void {
    const { dialect } = this.#options;
    const path = dialect.semantics.symbolsInStrings ? this.#entries.expand(written) : written;
    if (dialect.syntax.wildcards === false) return this.#sourceFile(path);
    // The last one is read first: the files are a stack.
    for (const found of this.#sources.expand(path).toReversed()) this.#sourceFile(found);
  }

  #sourceFile(path: string): void {
    const { dialect } = this.#options;
    const text = this.#sources.text(path);
    if (text === undefined) {
      if (this.#sources.isFolder(path)) refuseFolder(this.#voice);
      const words = `${this.#lexer.place}: can't open file "${path}"\n`;
      if (this.#early) this.#voice.print(words);
      else this.#voice.complain(words);
      throw new ReadingStopped(path);
    }
    const isOpen = this.#lexer.files.some((file) => file.path === path);
    if (this.#early && (isOpen || this.#seen.has(path))) {
      this.#voice.print(isOpen ? `recursive scan (${path})?\n` : `file ${path} already scanned?\n`);
      throw new ReadingStopped(path);
    }
    if (isOpen) this.#refuseRecursion(path);
    const { place } = this.#lexer;
    const first = this.#seen.get(path);
    if (first === undefined) this.#seen.set(path, place);
    else if (dialect.syntax.singlePlaces) {
      const words = `${place}: error: repeated inclusion of ${path}\n${first}: note: location of first inclusion of ${path}\n`;
      this.#voice.complain(words);
      throw new ReadingStopped(path);
    }
    this.#lexer.enter(path, text);
  }

  /** Linux since 6.11 names every file that is open, the older tools those up to the one that is sourced again. */
  #refuseRecursion(path: string): never {
    const { files, sourceLine } = this.#lexer;
    this.#voice.complain(`Recursive inclusion detected.\nInclusion path:\n  current file : ${path}\n`);
    const modern = this.#options.dialect.semantics.choice === "modern";
    const open = files.map((file, index) => ({
      path: file.path,
      line: index === files.length - 1 ? sourceLine : file.sourceLine,
    }));
    for (const file of open.reverse()) {
      this.#voice.complain(`  included from: ${file.path}:${file.line}\n`);
      if (!modern && file.path === path) break;
    }
    throw new ReadingStopped(path);
  }
}
