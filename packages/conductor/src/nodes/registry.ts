import { ConductorError } from "../errors.js";
import type { NodeState } from "./state.js";

/** The enrolled nodes. */
export class NodeRegistry {
  readonly #nodes = new Map<string, NodeState>();

  /** Enrolls a node. Errors: `OPTIONS_INVALID` where UUID, name or an address is taken. */
  add(node: NodeState): void {
    for (const other of this.#nodes.values()) {
      const shared = sharedIdentity(node, other);
      if (shared === undefined) continue;
      throw new ConductorError("OPTIONS_INVALID", `Two nodes have the ${shared}.`, { hint: "Give each node its own." });
    }
    this.#nodes.set(node.uuid, node);
  }

  /** Puts a node's new state in the place of its old one. */
  replace(node: NodeState): void {
    this.#nodes.set(node.uuid, node);
  }

  all(): readonly NodeState[] {
    return [...this.#nodes.values()];
  }

  /** By UUID or name. */
  find(ident: string): NodeState | undefined {
    return this.#nodes.get(ident) ?? this.all().find((node) => node.name === ident);
  }

  /** By UUID or name. Errors: `NODE_UNKNOWN`. */
  get(ident: string): NodeState {
    const node = this.find(ident);
    if (node !== undefined) return node;
    const known = this.all().map(({ uuid }) => uuid);
    throw new ConductorError("NODE_UNKNOWN", `No node "${ident}" is enrolled.`, {
      hint: known.length === 0 ? "Enroll it: startConductor({ nodes: [...] })." : `Enrolled are ${known.join(", ")}.`,
    });
  }

  /** The one node that has any of the addresses; undefined if there is none, or more than one, as in Ironic. */
  byMacs(macs: readonly string[]): NodeState | undefined {
    const found = this.all().filter((node) => node.macs.some((mac) => macs.includes(mac)));
    return found.length === 1 ? found[0] : undefined;
  }
}

function sharedIdentity(one: NodeState, other: NodeState): string | undefined {
  if (one.uuid === other.uuid) return `UUID ${one.uuid}`;
  if (one.name !== undefined && one.name === other.name) return `name ${one.name}`;
  const mac = one.macs.find((address) => other.macs.includes(address));
  return mac === undefined ? undefined : `MAC address ${mac}`;
}
