import { join } from "node:path";

/** Where a private apt keeps things. */
export interface AptFolders {
  readonly root: string;
  readonly configuration: string;
  readonly sources: string;
  readonly lists: string;
  readonly status: string;
  readonly archives: string;
}

export function aptFolders(root: string): AptFolders {
  return {
    root,
    configuration: join(root, "apt.conf"),
    sources: join(root, "ipa-br.sources"),
    lists: join(root, "lists"),
    status: join(root, "status"),
    archives: join(root, "cache/archives"),
  };
}

/**
 * The configuration of an apt that has nothing of the machine's but its proxies and credentials: lists, cache and status of
 * its own, no hooks (one of docker's empties the machine's cache), no indexes but the packages'. Given with `-c` it is read
 * last (apt.conf(5)), so what it says holds.
 */
export function aptConfiguration(folders: AptFolders, architecture: string): string {
  const cleared = [
    "APT::Update::Pre-Invoke",
    "APT::Update::Post-Invoke",
    "APT::Update::Post-Invoke-Success",
    "APT::Architectures",
    ...["DEP-11", "DEP-11-icons-small", "DEP-11-icons", "DEP-11-icons-hidpi", "CNF", "Contents-deb"].map(
      (name) => `Acquire::IndexTargets::deb::${name}`,
    ),
  ];
  const set: Readonly<Record<string, string>> = {
    "APT::Architecture": architecture,
    "APT::Architectures::": architecture,
    "APT::Sandbox::User": "root",
    "Acquire::Languages": "none",
    "Acquire::Retries": "2",
    "Dir::Etc::sourcelist": folders.sources,
    "Dir::Etc::sourceparts": "/dev/null",
    "Dir::Etc::preferences": "/dev/null",
    "Dir::Etc::preferencesparts": "/dev/null",
    "Dir::State": folders.root,
    "Dir::State::lists": folders.lists,
    "Dir::State::status": folders.status,
    "Dir::State::extended_states": join(folders.root, "extended_states"),
    "Dir::Cache": join(folders.root, "cache"),
    "Dir::Cache::archives": folders.archives,
    "Dir::Cache::pkgcache": "",
    "Dir::Cache::srcpkgcache": "",
    "Dir::Log": join(folders.root, "log"),
  };
  return [
    ...cleared.map((name) => `#clear ${name};`),
    ...Object.entries(set).map(([name, value]) => `${name} "${value}";`),
    "",
  ].join("\n");
}
