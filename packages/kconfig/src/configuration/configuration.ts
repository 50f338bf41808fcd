import { requireSymbol } from "./require-symbol.js";
import { loadConfig, type LoadReport } from "../config/load.js";
import { presetNewSymbols, rewriteTristates, type Preset } from "../config/presets.js";
import { viewOf } from "../config/engine-view.js";
import { writeAutoconf, type Autoconf } from "../config/write-autoconf.js";
import { writeConfig } from "../config/write-config.js";
import { writeMinimal } from "../config/write-minimal.js";
import type { Tristate } from "../base/tristate.js";
import { KconfigError } from "../errors.js";
import { Engine } from "../evaluate/engine.js";
import { unmetDependencies, type UnmetDependencies } from "../evaluate/unmet.js";
import { assignUserValues, copyUserValues, type UserValues } from "../evaluate/values.js";
import { isMenuVisible } from "../evaluate/menu-visibility.js";
import type { Menu } from "../model/menu.js";
import { readConfig } from "../config/read.js";
import type { Dialect } from "../dialect/dialect.js";
import type { KconfigSymbol, Location } from "../model/symbol.js";
import type { KconfigTree } from "../model/tree.js";
import { assignValue, forgetValue } from "./assign.js";

/** How a text is loaded. */
export interface LoadOptions {
  /** The name that diagnostics give the text. */
  readonly path?: string;
  /** Where the lines of a text that was put together come from, by symbol; default: the lines of the text itself. */
  readonly places?: ReadonlyMap<string, Location>;
}

interface LoadedText {
  readonly text: string;
  readonly path: string;
  places: ReadonlyMap<string, Location> | undefined;
}

function placesOf(text: string, path: string, dialect: Dialect): ReadonlyMap<string, Location> {
  return new Map(readConfig(text, { dialect }).map(({ name, line }) => [name, { path, line }]));
}

/** What an assignment came to. */
export interface AssignResult {
  /** The value that the symbol has now. */
  readonly value: string;
  /** True where that is the value that was asked for. */
  readonly held: boolean;
  /** Every symbol whose value, visibility or place in the .config changed, in the order of the tree. */
  readonly changed: readonly KconfigSymbol[];
}

/** The user's values at one time. */
export class Snapshot {
  /** @internal */
  readonly tree: KconfigTree;
  /** @internal */
  readonly user: UserValues;

  /** @internal */
  constructor(tree: KconfigTree, user: UserValues) {
    this.tree = tree;
    this.user = user;
  }
}

/** A tree with values: what the user has set, and what follows from it. Made by `createConfiguration`. */
export class Configuration {
  readonly tree: KconfigTree;
  readonly #engine: Engine;
  #modified = true;
  /** The text that was loaded last, and the names that were assigned one by one since. */
  #loaded: LoadedText | undefined;
  readonly #reassigned = new Set<string>();

  /** @internal */
  constructor(tree: KconfigTree) {
    this.tree = tree;
    this.#engine = new Engine(tree);
  }

  /**
   * Replaces all values by those of a .config, as `conf --olddefconfig` does: symbols that the text does not name get
   * their defaults. Never throws on any text; what is wrong with it is in the report.
   */
  load(text: string, options: LoadOptions = {}): LoadReport {
    const path = options.path ?? ".config";
    const report = loadConfig(this.#engine, text, path);
    this.#modified = report.changed;
    this.#loaded = { text, path, places: options.places };
    this.#reassigned.clear();
    return report;
  }

  /**
   * The line that gave a symbol its value of the user: that of the text that was loaded last. `undefined` where no line
   * did, or where the symbol was assigned since.
   */
  assignedAt(name: string): Location | undefined {
    if (this.#loaded === undefined || this.#reassigned.has(name)) return undefined;
    this.#loaded.places ??= placesOf(this.#loaded.text, this.#loaded.path, this.tree.dialect);
    return this.#loaded.places.get(name);
  }

  /** Replaces all values by those of a defconfig, as `conf --defconfig` does. */
  loadDefconfig(text: string, options: LoadOptions = {}): LoadReport {
    const report = this.load(text, { ...options, path: options.path ?? "defconfig" });
    this.preset("default");
    return report;
  }

  /** Gives all symbols that have no value of the user yet their default, y, m or n: the `all...config` targets of C. */
  preset(preset: Preset): void {
    presetNewSymbols(this.#engine, preset);
    this.#modified = true;
  }

  /** Turns each value `from` of a tristate symbol into `to`: yes2modconfig, mod2yesconfig and mod2noconfig of C. */
  rewriteTristates(from: Tristate, to: Tristate): void {
    rewriteTristates(this.engine, from, to);
    this.#modified = true;
  }

  /**
   * Gives a symbol a value of the user: `y`, `m`, `n`, a number, a text. It counts as far as the symbol is visible and
   * allows it; the result says whether it holds. Throws UNKNOWN_SYMBOL and INVALID_VALUE.
   */
  assign(name: string, value: string): AssignResult {
    const symbol = requireSymbol(this.tree, name);
    this.#engine.update();
    this.#engine.changed.clear();
    assignValue(this.#engine, symbol, value);
    this.#reassigned.add(name);
    return this.#result(symbol, value);
  }

  /** Takes the user's value away, so that the default holds. Throws UNKNOWN_SYMBOL. */
  unassign(name: string): AssignResult {
    const symbol = requireSymbol(this.tree, name);
    this.#engine.update();
    this.#engine.changed.clear();
    forgetValue(this.#engine, symbol);
    this.#reassigned.add(name);
    return this.#result(symbol, undefined);
  }

  /** The value of a symbol, without quotes; of a symbol that the tree does not define, as the C tool has it, its name. */
  value(name: string): string {
    const symbol = requireSymbol(this.tree, name);
    this.#engine.update();
    return this.#engine.evaluator.textOf(symbol.id);
  }

  /** How far the user may raise a symbol: 0 not at all, 1 to m, 2 to y or to any value. */
  visibility(name: string): Tristate {
    const symbol = requireSymbol(this.tree, name);
    this.#engine.update();
    return this.#engine.values.visible[symbol.id] as Tristate;
  }

  /** True where the user has given the symbol a value, be it in force or not. */
  isAssigned(name: string): boolean {
    return this.#engine.user.has[requireSymbol(this.tree, name).id] === 1;
  }

  /** The member that is y in a choice; `undefined` where the choice is off or m. */
  selection(choice: KconfigSymbol): KconfigSymbol | undefined {
    this.#engine.update();
    const member = this.#engine.values.member[choice.id]!;
    return member < 0 ? undefined : this.#engine.symbols[member];
  }

  /** True where a node of the menu tree is to be shown. */
  isVisible(menu: Menu): boolean {
    this.#engine.update();
    return isMenuVisible(this.#engine, menu);
  }

  /** The .config, byte for byte what the dialect's C tool writes. */
  writeConfig(): string {
    // C evaluates anew before it writes only where nothing has changed since it read.
    if (!this.#modified) this.#engine.invalidate();
    this.#engine.update();
    this.#modified = false;
    return writeConfig(viewOf(this.#engine));
  }

  /** The minimal defconfig, byte for byte what the C tool's savedefconfig writes. */
  writeMinimal(): string {
    this.#engine.invalidate();
    this.#engine.update();
    return writeMinimal(viewOf(this.#engine));
  }

  /** auto.conf, autoconf.h and their like, byte for byte what the C tool's syncconfig writes. */
  writeAutoconf(): Autoconf {
    this.#engine.invalidate();
    this.#engine.update();
    return writeAutoconf(viewOf(this.#engine));
  }

  /** What the user has set, to come back to with `restore`. */
  snapshot(): Snapshot {
    return new Snapshot(this.tree, copyUserValues(this.#engine.user));
  }

  /** Puts the user's values back to those of a snapshot of the same tree. Throws INVALID_ARGUMENT for another tree's. */
  restore(snapshot: Snapshot): void {
    if (snapshot.tree !== this.tree) {
      throw new KconfigError("INVALID_ARGUMENT", "The snapshot belongs to another tree.", {
        hint: "Restore it into a configuration of the tree that it was taken of.",
      });
    }
    assignUserValues(this.#engine.user, snapshot.user);
    this.#engine.invalidate();
    this.#modified = true;
  }

  /** A configuration of the same tree with the same values of the user; from then on the two are apart. */
  fork(): Configuration {
    const copy = new Configuration(this.tree);
    copy.restore(this.snapshot());
    copy.#loaded = this.#loaded;
    for (const name of this.#reassigned) copy.#reassigned.add(name);
    return copy;
  }

  /** The symbols that are selected although their dependencies do not allow it, which the C tool warns about. */
  unmetDependencies(): UnmetDependencies[] {
    this.#engine.update();
    return unmetDependencies(this.#engine);
  }

  /** @internal */
  get engine(): Engine {
    this.#engine.update();
    return this.#engine;
  }

  #result(symbol: KconfigSymbol, wanted: string | undefined): AssignResult {
    this.#engine.update();
    this.#modified = true;
    const { symbols, evaluator, changed } = this.#engine;
    const value = evaluator.textOf(symbol.id);
    const ids = [...changed].sort((a, b) => a - b);
    return { value, held: wanted === undefined || value === wanted, changed: ids.map((id) => symbols[id]!) };
  }
}

/** A configuration of the tree in which the user has set nothing. Any number of them may share a tree. */
export function createConfiguration(tree: KconfigTree): Configuration {
  return new Configuration(tree);
}
