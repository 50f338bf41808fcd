import { menuTree, type MenuTreeFilter, type MenuTreeNode } from "@ipa-br/kconfig";
import { type Io, print } from "../../io.js";
import { type ConfigurationOptions, openConfiguration } from "./open.js";

export interface TreeOptions extends ConfigurationOptions {
  readonly visible?: boolean;
  readonly assigned?: boolean;
  readonly enabled?: boolean;
  readonly match?: string;
  readonly depth?: string;
}

/** `ipa-br kconfig tree [MENU]`: the menu tree with its values. */
export async function tree(io: Io, below: string | undefined, options: TreeOptions): Promise<void> {
  const configuration = await openConfiguration(io, options);
  const filter: MenuTreeFilter = {
    ...(options.visible === true ? { visible: true } : {}),
    ...(options.assigned === true ? { assigned: true } : {}),
    ...(options.enabled === true ? { enabled: true } : {}),
    ...(options.match === undefined ? {} : { match: options.match }),
    ...(options.depth === undefined ? {} : { depth: Number(options.depth) }),
    ...(below === undefined ? {} : { below }),
  };
  const nodes = menuTree(configuration, filter);
  if (options.json === true) print(io, JSON.stringify(nodes, null, 2));
  else for (const line of linesOf(nodes)) print(io, line);
}

function linesOf(roots: readonly MenuTreeNode[]): string[] {
  const lines: string[] = [];
  const stack = [...roots].reverse().map((node) => ({ node, indent: "" }));
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    const { node, indent } = at;
    lines.push(indent + describe(node));
    for (const child of [...node.children].reverse()) stack.push({ node: child, indent: `${indent}  ` });
  }
  return lines;
}

function describe({ kind, name, prompt, value, visible }: MenuTreeNode): string {
  const hidden = visible ? "" : " (hidden)";
  switch (kind) {
    case "menu":
      return `${prompt ?? ""}${hidden}`;
    case "comment":
      return `*** ${prompt ?? ""} ***${hidden}`;
    case "choice":
      return `${prompt ?? name ?? "choice"}: ${value ?? "none"}${hidden}`;
    default:
      return `${name}=${value === "" ? '""' : value}${prompt === undefined ? "" : `  ${prompt}`}${hidden}`;
  }
}
