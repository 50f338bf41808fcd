import type { KconfigSymbol } from "../model/symbol.js";

/** What the user has set, by symbol. */
export interface UserValues {
  /** 1 where the symbol has a value of the user. */
  readonly has: Uint8Array;
  /** Of bool and tristate symbols and choices; kept also where `has` is 0, as in C. */
  readonly tri: Uint8Array;
  readonly text: (string | undefined)[];
  /** The member that the user has chosen, by choice; -1 for none. */
  readonly member: Int32Array;
  /** The members of modern choices, those that the user set last first; absent while that is the order of the text. */
  readonly priority: Map<number, number[]>;
}

/** Puts a member of a modern choice first: the user has set it, to whatever value. */
export function preferMember(user: UserValues, choice: KconfigSymbol, member: KconfigSymbol): void {
  const order = user.priority.get(choice.id) ?? choice.members.map((entry) => entry.id);
  user.priority.set(choice.id, [member.id, ...order.filter((id) => id !== member.id)]);
}

export function createUserValues(count: number): UserValues {
  return {
    has: new Uint8Array(count),
    tri: new Uint8Array(count),
    text: Array.from({ length: count }),
    member: new Int32Array(count).fill(-1),
    priority: new Map(),
  };
}

/** Makes `target` what `source` is; both are of the same tree. */
export function assignUserValues(target: UserValues, source: UserValues): void {
  target.has.set(source.has);
  target.tri.set(source.tri);
  target.member.set(source.member);
  for (let symbol = 0; symbol < source.text.length; symbol++) target.text[symbol] = source.text[symbol];
  target.priority.clear();
  for (const [choice, order] of source.priority) target.priority.set(choice, order);
}

export function copyUserValues(source: UserValues): UserValues {
  const copy = createUserValues(source.has.length);
  assignUserValues(copy, source);
  return copy;
}

/** What evaluation has found, by symbol; `expressions` by expression. Tristate values are 0, 1, 2. */
export interface ComputedValues {
  readonly expressions: Uint8Array;
  readonly tri: Uint8Array;
  readonly text: string[];
  readonly visible: Uint8Array;
  readonly dependencies: Uint8Array;
  readonly selected: Uint8Array;
  readonly implied: Uint8Array;
  /** 1 for symbols that a .config gets. */
  readonly write: Uint8Array;
  /** The member that a choice has, -1 for none. */
  readonly member: Int32Array;
}

export function createComputedValues(symbols: number, expressions: number): ComputedValues {
  return {
    expressions: new Uint8Array(expressions),
    tri: new Uint8Array(symbols),
    text: Array.from({ length: symbols }, () => ""),
    visible: new Uint8Array(symbols),
    dependencies: new Uint8Array(symbols),
    selected: new Uint8Array(symbols),
    implied: new Uint8Array(symbols),
    write: new Uint8Array(symbols),
    member: new Int32Array(symbols).fill(-1),
  };
}
