/** One entry of the machine's apt sources (sources.list(5)). */
export interface AptEntry {
  readonly types: readonly string[];
  readonly uris: readonly string[];
  readonly suites: readonly string[];
  readonly components: readonly string[];
  /** Options by their deb822 name: "Signed-By" as a path or as a key block. */
  readonly options: Readonly<Record<string, string>>;
}

/** Options that decide whom to trust; the others (architectures, languages) are the caller's own. */
const kept = new Set(["Signed-By", "Trusted", "Check-Valid-Until", "Allow-Insecure", "Allow-Weak", "By-Hash"]);

/** Reads a file of the old form: `deb [signed-by=/x arch=amd64] http://host/debian bookworm main`. */
export function parseListFile(text: string): AptEntry[] {
  const entries: AptEntry[] = [];
  for (const line of text.split("\n")) {
    const match = /^\s*(deb|deb-src)\s+(?:\[([^\]]*)\]\s*)?(\S+)\s+(\S+)\s*(.*)$/.exec(line.replace(/#.*$/, ""));
    if (match === null) continue;
    const [, type, options = "", uri, suite, components] = match;
    entries.push({
      types: [type!],
      uris: [uri!],
      suites: [suite!],
      components: words(components!),
      options: trustOptions(words(options).map((option) => option.split(/=(.*)/, 2) as [string, string | undefined])),
    });
  }
  return entries;
}

/** Reads a file of the deb822 form: paragraphs of `Field: value`, a value going on in indented lines. */
export function parseSourcesFile(text: string): AptEntry[] {
  const entries: AptEntry[] = [];
  for (const paragraph of text.split(/\n\s*\n/)) {
    const fields = parseFields(paragraph);
    if (/^(no|false|0)$/i.test(fields.get("Enabled") ?? "yes")) continue;
    const entry = {
      types: words(fields.get("Types")),
      uris: words(fields.get("URIs")),
      suites: words(fields.get("Suites")),
      components: words(fields.get("Components")),
      options: trustOptions([...fields]),
    };
    if (entry.types.length > 0 && entry.uris.length > 0 && entry.suites.length > 0) entries.push(entry);
  }
  return entries;
}

/** Writes entries in the deb822 form. */
export function printEntries(entries: readonly AptEntry[]): string {
  return entries
    .map(({ types, uris, suites, components, options }) =>
      [
        `Types: ${types.join(" ")}`,
        `URIs: ${uris.join(" ")}`,
        `Suites: ${suites.join(" ")}`,
        ...(components.length > 0 ? [`Components: ${components.join(" ")}`] : []),
        ...Object.entries(options).map(([name, value]) => `${name}: ${value}`),
        "",
      ].join("\n"),
    )
    .join("\n");
}

/** The entries that bring a distribution's binary packages from its own archive: the release, its updates, its security fixes. */
export function entriesOfRelease(entries: readonly AptEntry[], codename: string): AptEntry[] {
  const own = new Set([codename, `${codename}-updates`, `${codename}-security`]);
  return entries.flatMap((entry) => {
    const suites = entry.suites.filter((suite) => own.has(suite));
    const usable = entry.types.includes("deb") && suites.length > 0 && entry.components.includes("main");
    return usable ? [{ ...entry, types: ["deb"], suites, components: ["main"] }] : [];
  });
}

/** The same archives' source packages; `suites` beside the release's own from the archive that holds the release itself. */
export function sourceEntries(
  entries: readonly AptEntry[],
  codename: string,
  suites: readonly string[],
  components: readonly string[] = ["main"],
): AptEntry[] {
  return entriesOfRelease(entries, codename).map((entry) => ({
    ...entry,
    types: ["deb-src"],
    components,
    suites: entry.suites.includes(codename) ? [...new Set([...entry.suites, ...suites])] : entry.suites,
  }));
}

function parseFields(paragraph: string): Map<string, string> {
  const fields = new Map<string, string>();
  let current: string | undefined;
  for (const line of paragraph.split("\n")) {
    if (line.startsWith("#")) continue;
    const match = /^([A-Za-z0-9-]+):\s*(.*)$/.exec(line);
    if (match !== null) {
      current = canonical(match[1]!);
      fields.set(current, match[2]!.trimEnd());
    } else if (current !== undefined && /^\s+\S/.test(line)) {
      fields.set(current, `${fields.get(current)!}\n${line.trimEnd()}`);
    }
  }
  return fields;
}

function trustOptions(options: readonly (readonly [string, string | undefined])[]): Record<string, string> {
  const trusted: Record<string, string> = {};
  for (const [name, value] of options) {
    if (kept.has(canonical(name)) && value !== undefined && value !== "") trusted[canonical(name)] = value;
  }
  return trusted;
}

function canonical(name: string): string {
  const lower = name.toLowerCase();
  if (lower === "uris") return "URIs";
  return lower.replaceAll(/(^|-)([a-z])/g, (_all, dash: string, letter: string) => dash + letter.toUpperCase());
}

function words(text: string | undefined): string[] {
  return (text ?? "").split(/\s+/).filter((word) => word !== "");
}
