import type { Dialect } from "../../src/index.js";

/** Numbers from a seed: the same seed, the same numbers (mulberry32). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) % limit;
  }

  /** True in `percent` of a hundred cases. */
  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)]!;
  }
}

interface Known {
  readonly name: string;
  readonly type: string;
}

/**
 * A Kconfig file of `size` symbols from a seed, without errors. Conditions name earlier symbols and selects later ones, so
 * that nothing depends on itself.
 */
export function randomTree(seed: number, size: number, dialect: Dialect): string {
  return new TreeWriter(new Random(seed), size, dialect).write();
}

class TreeWriter {
  readonly #random: Random;
  readonly #size: number;
  readonly #legacyChoices: boolean;
  readonly #modulesLine: string | undefined;
  /** Without what came after the first years of Linux 2.6. */
  readonly #early: boolean;
  readonly #kconfiglib: boolean;
  readonly #strict: boolean;
  readonly #known: Known[] = [];
  readonly #lines: string[] = [];
  readonly #open: string[] = [];
  #count = 0;

  constructor(random: Random, size: number, dialect: Dialect) {
    this.#random = random;
    this.#size = size;
    this.#legacyChoices = dialect.semantics.choice === "legacy";
    this.#early = dialect.semantics.early;
    this.#strict = dialect.syntax.strictEntries;
    this.#kconfiglib = dialect.semantics.kconfiglib;
    const word = dialect.syntax.keywords["modules"] === undefined ? "option modules" : "modules";
    this.#modulesLine = this.#early ? undefined : word;
  }

  write(): string {
    const random = this.#random;
    this.#lines.push('mainmenu "Random"');
    if (random.chance(80)) {
      const value = random.pick(["y", "n"]);
      const line = this.#modulesLine === undefined ? [] : [`\t${this.#modulesLine}`];
      this.#lines.push("config MODULES", '\tbool "modules"', ...line, `\tdefault ${value}`);
    }
    while (this.#count < this.#size) this.#statement();
    while (this.#open.length > 0) this.#lines.push(this.#open.pop()!);
    return `${this.#lines.join("\n")}\n`;
  }

  #statement(): void {
    const random = this.#random;
    const kind = random.below(100);
    if (kind < 8) {
      this.#lines.push(`menu "menu ${random.below(100)}"`);
      // Older tools want `visible if` first.
      if (!this.#early && random.chance(25)) this.#lines.push(`\tvisible if ${this.#condition()}`);
      if (random.chance(40)) this.#lines.push(`\tdepends on ${this.#condition()}`);
      this.#open.push("endmenu");
    } else if (kind < 18 && this.#known.length > 0) {
      this.#lines.push(`if ${this.#condition()}`);
      this.#open.push("endif");
    } else if (kind < 32 && this.#open.length > 0) this.#lines.push(this.#open.pop()!);
    else if (kind < 36)
      this.#lines.push(
        `comment "comment ${random.below(100)}"`,
        ...this.#maybe(60, () => `\tdepends on ${this.#condition()}`),
      );
    else if (kind < 44) this.#choice();
    else this.#config(this.#name());
  }

  #name(): string {
    return `S${this.#count++}`;
  }

  #config(name: string): void {
    const random = this.#random;
    const type = random.pick(["bool", "bool", "bool", "tristate", "tristate", "int", "hex", "string"]);
    const isMenu = random.chance(10);
    const hasPrompt = random.chance(75);
    this.#lines.push(`${isMenu && (hasPrompt || !this.#strict) ? "menuconfig" : "config"} ${name}`);
    this.#lines.push(hasPrompt ? `\t${type} "prompt ${name}"${this.#if(20)}` : `\t${type}`);
    if (this.#kconfiglib && random.chance(20)) this.#lines.push(`\tdef_${type} ${this.#value(type)}${this.#if(40)}`);
    for (const _ of Array.from({ length: random.below(3) }))
      this.#lines.push(`\tdefault ${this.#value(type)}${this.#if(40)}`);
    if (random.chance(40)) this.#lines.push(`\tdepends on ${this.#condition()}`);
    if (type === "bool" || type === "tristate") {
      for (const word of this.#early ? ["select"] : ["select", "imply"]) {
        if (random.chance(20)) this.#lines.push(`\t${word} S${this.#count + random.below(5)}${this.#if(40)}`);
      }
    } else if (type !== "string" && random.chance(40)) {
      const low = random.below(20);
      const bound = (value: number): string => (type === "hex" ? `0x${value.toString(16)}` : String(value));
      this.#lines.push(`\trange ${bound(low)} ${bound(low + random.below(30))}${this.#if(30)}`);
    }
    this.#known.push({ name, type });
  }

  #choice(): void {
    const random = this.#random;
    const tristate = this.#legacyChoices && random.chance(30);
    const first = this.#count;
    const members = 1 + random.below(4);
    const named = this.#kconfiglib && random.chance(40);
    this.#lines.push(named ? `choice C${first}` : "choice", `\tprompt "choice ${first}"${this.#if(20)}`);
    if (tristate) this.#lines.push("\ttristate");
    if (this.#legacyChoices && random.chance(20)) this.#lines.push("\toptional");
    if (random.chance(50)) this.#lines.push(`\tdefault S${first + random.below(members)}${this.#if(40)}`);
    if (random.chance(30)) this.#lines.push(`\tdepends on ${this.#condition()}`);
    const earlier = [...this.#known];
    const added: Known[] = [];
    for (let member = 0; member < members; member++) {
      const name = this.#name();
      const type = tristate && random.chance(80) ? "tristate" : "bool";
      this.#lines.push(`config ${name}`, `\t${type} "member ${name}"`);
      if (random.chance(30)) this.#lines.push(`\tdepends on ${this.#conditionOf(earlier)}`);
      added.push({ name, type });
    }
    this.#lines.push("endchoice");
    if (named && random.chance(60)) {
      this.#lines.push(`choice C${first}`, `\tdefault S${first + random.below(members)}${this.#if(40)}`, "endchoice");
    }
    this.#known.push(...added);
  }

  #maybe(percent: number, line: () => string): string[] {
    return this.#random.chance(percent) ? [line()] : [];
  }

  #if(percent: number): string {
    return this.#random.chance(percent) ? ` if ${this.#condition()}` : "";
  }

  #condition(): string {
    return this.#conditionOf(this.#known);
  }

  #conditionOf(known: readonly Known[]): string {
    const random = this.#random;
    const terms = Array.from({ length: 1 + random.below(3) }, () => this.#term(known));
    const text = terms.map((term, index) => (index === 0 ? term : `${random.pick(["&&", "||"])} ${term}`)).join(" ");
    return random.chance(15) ? `!(${text})` : text;
  }

  #term(known: readonly Known[]): string {
    const random = this.#random;
    if (known.length === 0 || random.chance(4)) return random.pick(["y", "m", "n", "UNDEFINED"]);
    const { name, type } = random.pick(known);
    if (type === "bool" || type === "tristate") {
      const kind = random.below(10);
      if (kind < 5) return name;
      if (kind < 7) return `!${name}`;
      // Linux 6.12 mistakes memory for an expression where a bool is compared by != y.
      if (type === "bool" && !this.#legacyChoices) return `${name} ${random.pick(["= y", "= n", "!= n"])}`;
      return `${name} ${random.pick(["=", "!="])} ${random.pick(type === "bool" ? ["y", "n"] : ["y", "m", "n"])}`;
    }
    const operator = random.pick(this.#early ? ["=", "!="] : ["=", "!=", "<", "<=", ">", ">="]);
    const value =
      type === "string"
        ? random.pick(['"a"', '"b"', '""'])
        : type === "int"
          ? random.below(30)
          : `0x${random.below(40).toString(16)}`;
    return `${name} ${operator} ${value}`;
  }

  #value(type: string): string {
    const random = this.#random;
    const same = this.#known.filter((entry) => entry.type === type);
    if (type === "bool" || type === "tristate")
      return random.chance(50) ? random.pick(["y", "m", "n"]) : this.#condition();
    if (same.length > 0 && random.chance(25)) return random.pick(same).name;
    if (type === "string") return random.pick(['"a"', '"b"', '"say \\"hi\\""', '"back\\\\slash"']);
    return type === "int" ? String(random.below(40)) : `0x${random.below(60).toString(16)}`;
  }
}
