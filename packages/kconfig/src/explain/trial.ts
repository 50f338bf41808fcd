import type { Engine } from "../evaluate/engine.js";
import { copyUserValues, type UserValues } from "../evaluate/values.js";
import { assignValue } from "../configuration/assign.js";
import type { Configuration } from "../configuration/configuration.js";

/** One value for the user to set. */
export interface Assignment {
  readonly name: string;
  readonly value: string;
}

/** A copy of a configuration on which assignments are tried, one set after the other. */
export class Trial {
  readonly #configuration: Configuration;
  readonly #engine: Engine;
  readonly #user: UserValues;
  readonly #tri: Uint8Array;
  readonly #text: readonly string[];

  constructor(configuration: Configuration) {
    this.#configuration = configuration.fork();
    this.#engine = this.#configuration.engine;
    this.#user = copyUserValues(this.#engine.user);
    this.#tri = this.#engine.values.tri.slice();
    this.#text = [...this.#engine.values.text];
  }

  /** Sets all of them, and gives how many symbols have another value then; `undefined` where the goal is not reached. */
  attempt(assignments: readonly Assignment[], goal: Assignment): number | undefined {
    const engine = this.#engine;
    engine.adopt(this.#user);
    engine.update();
    engine.changed.clear();
    // Twice: a member of a choice may be hidden until the rest is there.
    for (let round = 0; round < 2; round++) {
      for (const { name, value } of assignments) {
        engine.update();
        assignValue(engine, this.#configuration.tree.symbol(name)!, value);
      }
      engine.update();
      if (engine.evaluator.textOf(this.#configuration.tree.symbol(goal.name)!.id) === goal.value) return this.#count();
    }
    return undefined;
  }

  #count(): number {
    let count = 0;
    for (const symbol of this.#engine.changed) {
      const { isChoice } = this.#engine.symbols[symbol]!;
      const { tri, text } = this.#engine.values;
      if (!isChoice && (tri[symbol] !== this.#tri[symbol] || text[symbol] !== this.#text[symbol])) count++;
    }
    return count;
  }
}
